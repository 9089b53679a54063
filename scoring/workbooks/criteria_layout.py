"""Where everything stands in the workbook of a criteria set: writer and reader agree on it here.

The first row of each worksheet has the keys of the format (docs/criteria.md), the second says them
in words, the rows after it are the author's. A reader finds columns by their key.
"""

from __future__ import annotations

TERMS, GRADES, TIES = "Chung", "Xếp loại", "Đồng hạng"
GROUPS, BONUS, PENALTIES, KNOCKOUTS = "Tiêu chí", "Điểm thưởng", "Điểm trừ", "Không xét"

KEYS, WORDS, FIRST = 0, 1, 2  # rows, counted from 0

TERM_KEYS = ("code", "title", "scale", "step", "places", "bonus_cap")
RULE = ("kind", "table", "parameters")
COLUMNS: dict[str, tuple[str, ...]] = {
    TERMS: ("key", "words", "value"),
    GRADES: ("label", "min"),
    TIES: ("rule",),
    GROUPS: (
        *("parent", "code", "name", "max", *RULE),
        *("evidence", "verifier", "na_policy", "late_data", "auto"),
    ),
    BONUS: ("code", "name", "cap", *RULE, "evidence", "verifier", "auto", "set_by"),
    PENALTIES: ("code", "name", *RULE, "evidence", "verifier", "auto"),
    KNOCKOUTS: ("code", "effect", "name", "grade"),
}
EXTRAS = {BONUS: "bonus", PENALTIES: "penalties", KNOCKOUTS: "knockouts"}
NUMBERS = frozenset(("max", "cap", "min", "scale", "step", "places", "bonus_cap"))
FLAGS = frozenset(("late_data", "auto"))

# Kind of rule: the key of its table, and what stands left and right of "=" in a line of it.
TABLES: dict[str, tuple[str, str, str]] = {
    "levels": ("levels", "label", "points"),
    "bands": ("table", "min", "points"),
    "external": ("table", "min", "points"),
    "deadline": ("table", "late_days_max", "points"),
    "deadline_penalty": ("table", "late_days_max", "minus"),
    "deduct": ("items", "label", "minus"),
    "derived": ("table", "max_delta", "points"),
}
# Parameters of rules that are numbers; all others are text. `beyond` may also be a word.
NUMBER_PARAMETERS = frozenset(("each", "cap", "zero_below", "from_scale", "beyond", "missing"))

# --- texts inside a cell

GUARD = "\\."  # stands where blanks at an end of a text would get lost


def escaped(text: str, *, one_line: bool = False) -> str:
    """The text as a cell, or a line of a cell, holds it."""
    text = text.replace("\\", "\\\\").replace("\r", "\\r")
    if one_line:
        text = text.replace("\n", "\\n")
    if text != text.strip() or (text and not (text[0].isprintable() and text[-1].isprintable())):
        text = f"{GUARD}{text}{GUARD}"
    return text


def unescaped(text: str) -> str:
    """What ``escaped`` was given; a backslash before any other letter is one."""
    known = {"\\": "\\", "n": "\n", "r": "\r", ".": ""}
    out, letters = [], iter(text)
    for letter in letters:
        if letter != "\\":
            out.append(letter)
            continue
        following = next(letters, "")
        out.append(known.get(following, letter + following))
    return "".join(out)
