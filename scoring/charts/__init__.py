"""Pictures of a table as plain geometry: from numbers to boxes and texts, drawn by a template.

* `geometry` - boxes, texts and rules with their places, and how a name or number fits;
* `stacked` - one bar a member, its groups side by side, penalties left of zero;
* `paired` - one bar a stage, member by member.

It knows neither Django nor a language: names and titles are handed in.
"""
