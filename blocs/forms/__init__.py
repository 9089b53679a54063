"""Every input of the pages about agencies, people, reviews, members and the bloc's year."""
