"""The scoring kernel: from the answers of a bloc to points, totals, grades and ranks.

It knows no database, no web framework and no clock. Read in this order:

* `criteria` - what a criteria set is; `loading` - how it is read and written;
* `rules` - how one criterion turns inputs into points; `lateness` - late days;
* `cases` - the answers of a bloc; `stages` - which answer holds at which stage;
* `points`, `totals`, `knockouts`, `ranking` - the steps of the calculation;
* `tabulation` - `tabulate()`, which runs them all, and `as_json()`.

The decided readings are numbered in docs/scoring-rules.md; docstrings name these numbers.
"""
