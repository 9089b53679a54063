"""How the cells of a workbook look: open ones are yellow, all others are locked."""

from __future__ import annotations

from typing import Any

from scoring.kernel.rules import FieldType

from .cells import InputCell

Writer = Any  # XlsxWriter has no types
Look = Any

OPEN = {"locked": False, "bg_color": "#FFF8DC"}
FORMS = {
    FieldType.CHOICE: "@",
    FieldType.BOOLEAN: "@",
    FieldType.DAY: "dd/mm/yyyy",
    FieldType.MOMENT: "dd/mm/yyyy hh:mm",
    FieldType.INTEGER: "0",
    FieldType.COUNTS: "0",
}


class Formats:
    """The formats of one workbook, each made when it is first needed."""

    def __init__(self, book: Writer, places: int) -> None:
        self.book = book
        number = "0." + "0" * places if places else "0"
        text = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        group = {**text, "bold": True, "bg_color": "#E9EEF4"}
        self.looks: dict[str, dict[str, object]] = {
            "text": text,
            "points": {**text, "num_format": number},
            "group": group,
            "group_points": {**group, "num_format": number},
            "open_text": {**text, **OPEN, "num_format": "@"},
        }
        self.text = text
        self.made: dict[str, Look] = {}
        self.plain = book.add_format({"valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format({**group, "align": "center", "valign": "vcenter"})

    def of(self, name: str) -> Look:
        if name not in self.made:
            self.made[name] = self.book.add_format(self.looks[name])
        return self.made[name]

    def figure(self, asked: InputCell, *, is_open: bool) -> Look:
        """A cell for a figure, by what belongs into it."""
        form = "@" if asked.is_tick else FORMS.get(asked.field.type, "General")
        name = f"figure {form} {is_open}"
        if name not in self.looks:
            look = {**self.text, "num_format": form, "align": "right"}
            self.looks[name] = {**look, **OPEN} if is_open else look
        return self.of(name)
