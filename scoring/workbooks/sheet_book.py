"""Writing a member's sheet as a workbook: figures to fill in, everything else locked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scoring.models import CriteriaSet
from scoring.sheet_page import ENTER, SheetPage
from scoring.sheet_rows import AUTO as BY_PORTAL
from scoring.sheet_rows import CONFERENCE as BY_CONFERENCE
from scoring.sheet_rows import EXEMPT as EXEMPTED
from scoring.sheet_rows import LeafRow, NodeRow, Section

from . import sheet_layout as at
from .cells import NOT_APPLICABLE, InputCell, input_cells
from .checks_in_cells import Checks
from .formats import Formats, Writer
from .stored_values import stored_value

WIDTHS = {
    at.CODE: 9,
    at.NAME: 44,
    at.MAX: 9,
    at.RULE: 38,
    at.ASKED: 28,
    at.FIGURE: 18,
    at.POINTS: 10,
    at.EXPLANATION: 40,
}


def sheet_book(page: SheetPage, criteria_set: CriteriaSet) -> bytes:
    """The workbook as bytes; only who fills the sheet in now gets cells that are open."""
    import xlsxwriter  # noqa: PLC0415 -- slow import

    buffer = io.BytesIO()
    plain_text = dict.fromkeys(
        ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
    )
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **plain_text}) as book:
        SheetBook(book, page, criteria_set).write()
    return buffer.getvalue()


class SheetBook:
    """The worksheets, written row by row."""

    def __init__(self, book: Writer, page: SheetPage, criteria_set: CriteriaSet) -> None:
        self.page, self.criteria_set = page, criteria_set
        self.open = page.mode == ENTER
        self.formats = Formats(book, page.rules.places)
        self.sheet = book.add_worksheet(at.SCORES)
        self.identity = book.add_worksheet(at.IDENTITY)
        self.checks = Checks(self.sheet, book.add_worksheet(at.LISTS), at.LISTS)
        self.row = at.FIRST

    def write(self) -> None:
        self._set_up()
        self._head()
        for section in self.page.sections:
            self._section(section)
        self._total()
        self.sheet.print_area(0, 0, self.row - 1, self._last_column)
        self._identify()

    @property
    def _last_column(self) -> int:
        later = len(self.page.columns) - 1
        return at.LATER + later - 1 if later else at.EXPLANATION

    # --- the worksheet

    def _set_up(self) -> None:
        sheet = self.sheet
        for column, width in WIDTHS.items():
            sheet.set_column(column, column, width)
        sheet.set_column(at.KEY, at.VERSION, 4, None, {"hidden": True})
        sheet.freeze_panes(at.FIRST, at.MAX)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(at.HEAD)
        sheet.set_footer("&C&P/&N")
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _head(self) -> None:
        sheet, review = self.sheet, self.page.sheet.membership.review
        title = _("Score sheet of %(member)s") % {"member": self.page.sheet.membership.name}
        sheet.write_string(0, 0, title, self.formats.title)
        subtitle = f"{review.bloc.full_name}, {review.year}. {self.page.rules.title}"
        sheet.write_string(1, 0, subtitle, self.formats.plain)
        sheet.write_string(2, 0, self._advice(), self.formats.plain)
        heads = {
            at.CODE: _("Code"),
            at.NAME: _("Criterion"),
            at.MAX: _("Maximum"),
            at.RULE: _("How it is scored"),
            at.ASKED: _("To fill in"),
            at.FIGURE: _("Figure"),
            at.POINTS: _("Points claimed"),
            at.EXPLANATION: _("Explanation"),
            at.KEY: "key",
            at.VERSION: "version",
        }
        for number, column in enumerate(self.page.columns[1:]):
            heads[at.LATER + number] = column.label
        for place, text in heads.items():
            sheet.write_string(at.HEAD, place, text, self.formats.head)

    def _advice(self) -> str:
        day = date_format(timezone.localtime(), "d/m/Y H:i")
        if not self.open:
            return _("For reading only, as of %(day)s.") % {"day": day}
        return _(
            "As of %(day)s. Fill in the yellow cells only, without formulas. Empty: not answered "
            "yet; 0: an answer; KAD: does not apply. The portal computes the points."
        ) % {"day": day}

    def _section(self, section: Section) -> None:
        if section.is_extra:
            self._line(section.title, at.GROUP, "group")
        for row in section.rows:
            if isinstance(row, NodeRow):
                self._node(row)
            elif row.kind in LOCKED:
                self._locked(row)
            else:
                self._leaf(row)

    def _line(self, name: str, key: str, look: str) -> None:
        """A row of text across the table."""
        for column in range(self._last_column + 1):
            self.sheet.write_blank(self.row, column, None, self.formats.of(look))
        self.sheet.write_string(self.row, at.NAME, name, self.formats.of(look))
        self._key(key)
        self.row += 1

    def _key(self, key: str, version: int | None = None) -> None:
        self.sheet.write_string(self.row, at.KEY, key, self.formats.plain)
        if version is not None:
            self.sheet.write_number(self.row, at.VERSION, version, self.formats.plain)

    def _points(self, column: int, value: Decimal | None, look: str = "points") -> None:
        if value is None:
            self.sheet.write_blank(self.row, column, None, self.formats.of(look))
        else:
            self.sheet.write_number(self.row, column, float(value), self.formats.of(look))

    def _sums(self, values: Sequence[Decimal | None], look: str) -> None:
        """Claimed, then what the page shows this reader of the later stages."""
        self._points(at.POINTS, values[0], look)
        for number, _column in enumerate(self.page.columns[1:], start=1):
            self._points(at.LATER + number - 1, values[number], look)

    # --- rows

    def _node(self, row: NodeRow) -> None:
        code = row.code
        self._line(row.name, at.GROUP, "group")
        self.row -= 1
        self.sheet.write_string(self.row, at.CODE, code, self.formats.of("group"))
        self._points(at.MAX, row.max, "group_points")
        self._sums([row.claimed, row.appraised, row.agreed], "group_points")
        if row.note:
            self.sheet.write_string(self.row, at.EXPLANATION, row.note, self.formats.of("group"))
        self.row += 1

    def _criterion(self, row: LeafRow, *, first: bool) -> None:
        """The locked cells of a criterion's row; only the first of its rows says everything."""
        write, text = self.sheet.write_string, self.formats.of("text")
        write(self.row, at.CODE, row.leaf.code, text)
        write(self.row, at.NAME, row.leaf.name if first else "", text)
        write(self.row, at.RULE, row.rule if first else "", text)
        self._points(at.MAX, row.max if first else None)
        self._sums([row.claimed, row.appraised, row.agreed] if first else [None] * 3, "points")

    def _locked(self, row: LeafRow) -> None:
        self._criterion(row, first=True)
        key, figures, words = LOCKED[row.kind](row)
        text = self.formats.of("text")
        self.sheet.write_string(self.row, at.ASKED, "", text)
        self.sheet.write_string(self.row, at.FIGURE, figures, text)
        self.sheet.write_string(self.row, at.EXPLANATION, words, text)
        self._key(key)
        self.row += 1

    def _leaf(self, row: LeafRow) -> None:
        for number, asked in enumerate(input_cells(row.leaf.rule)):
            self._criterion(row, first=number == 0)
            self.sheet.write_string(self.row, at.ASKED, asked.label, self.formats.of("text"))
            self._figure(row, asked)
            self._explanation(row, first=number == 0)
            self._key(asked.name, row.score.version if row.score else 0)
            self.row += 1

    def _figure(self, row: LeafRow, asked: InputCell) -> None:
        inputs = row.score.claimed_inputs if row.score else None
        look = self.formats.figure(asked, is_open=self.open)
        value = stored_value(asked, inputs)
        if isinstance(value, str):
            self.sheet.write_string(self.row, at.FIGURE, value, look)
        elif isinstance(value, Decimal):
            self.sheet.write_number(self.row, at.FIGURE, float(value), look)
        elif value is not None:
            self.sheet.write_datetime(self.row, at.FIGURE, value, look)
        else:
            self.sheet.write_blank(self.row, at.FIGURE, None, look)
        if self.open:
            self.checks.add(self.row, at.FIGURE, asked, row.leaf)

    def _explanation(self, row: LeafRow, *, first: bool) -> None:
        look = self.formats.of("open_text" if self.open and first else "text")
        words = row.score.explanation if row.score and first else ""
        text = words.replace("\r\n", "\n")
        if text:
            self.sheet.write_string(self.row, at.EXPLANATION, text, look)
        else:
            self.sheet.write_blank(self.row, at.EXPLANATION, None, look)

    def _total(self) -> None:
        self._line(_("Total"), at.TOTAL, "group")
        self.row -= 1
        self._sums([column.totals.total for column in self.page.columns], "group_points")
        self.row += 1

    def _identify(self) -> None:
        sheet = self.page.sheet
        identity = at.identity_of(sheet, self.criteria_set.code, self.criteria_set.sha256)
        self.identity.set_column(0, 0, 12)
        self.identity.set_column(1, 1, 70)
        for row, (name, value) in enumerate(identity.items()):
            self.identity.write_string(row, 0, name, self.formats.plain)
            self.identity.write_string(row, 1, value, self.formats.plain)
        self.identity.protect()


def _auto(row: LeafRow) -> tuple[str, str, str]:
    words = _("the portal, from: %(record)s") % {"record": row.source}
    return at.AUTO, row.figures, words


def _exempt(row: LeafRow) -> tuple[str, str, str]:
    return at.EXEMPT, NOT_APPLICABLE, f"{row.reason} ({row.policy})" if row.policy else row.reason


def _conference(row: LeafRow) -> tuple[str, str, str]:
    return at.CONFERENCE, row.agreed_figures, _("The conference decides on this criterion.")


# Rows that nobody fills in: their key, what stands for figures, and why.
LOCKED = {BY_PORTAL: _auto, EXEMPTED: _exempt, BY_CONFERENCE: _conference}
