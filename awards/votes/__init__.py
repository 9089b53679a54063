"""How votes are counted and decided: exact fractions, no Django, no database.

* `rules` - what a vote needs to pass: base, threshold, quorum, ties;
* `papers` - what stands on a secret paper, and how papers are counted;
* `outcome` - who is chosen, who is tied, and who goes into a second round.
"""
