"""The annexes of the year-end report as pages of its Word file, each counting its own."""

from __future__ import annotations

from awards.documents.layout import POINTS_PER_MM
from awards.documents.report import YearEndReport
from awards.documents.report_annexes import RewardTable
from awards.documents.summary import SummaryLine, SummaryTable

from .parts import write_annex_head, write_signatures
from .pen import Pen
from .tables import INDEX, Column, Content, Grid, numbered, write_table
from .widths import width_in_em

CLOSE = (0.6, 0.6)  # mm within the cells of a wide table
LINE = 1.0  # mm that a column's line and the rounding of its width take
NAME_EM = 10.0  # the least room for a member's name, in the table's own text size
NOTE_EM = 8.0  # the room of a note that is longer
STEP = 0.5  # points between one text size and the next


def write_annexes(pen: Pen, document: YearEndReport) -> None:
    annexes = document.annexes
    if document.annexed_table:
        pen.annex(landscape=True)
        _write_summary(pen, document.annexed_table)
    if "exemplars" in annexes:
        pen.annex(landscape=False)
        write_annex_head(
            pen,
            annexes["exemplars"],
            "Danh sách tập thể, cá nhân điển hình tiên tiến",
            document.year_of_bloc,
        )
        _write_exemplars(pen, document)
    if "rewards" in annexes:
        pen.annex(landscape=True)
        write_annex_head(
            pen, annexes["rewards"], "Thống kê khen thưởng theo đơn vị", document.year_of_bloc
        )
        for at, table in enumerate(document.reward_tables):
            if at:
                pen.gap()
            _write_rewards(pen, table)
        if document.without_rewards:
            pen.write("Notes", f"Không có số liệu khen thưởng của: {document.without_rewards}.")


def _write_exemplars(pen: Pen, document: YearEndReport) -> None:
    columns = (
        INDEX,
        Column("Tập thể, cá nhân", 36),
        Column("Chức vụ, đơn vị", 48),
        Column("Thành tích tiêu biểu"),
    )
    rows: list[tuple[Content, ...]] = []
    long = set()
    for group in document.exemplar_lists:
        rows.append((group.title,))
        for at, line in enumerate(group.lines, start=1):
            if line.is_long:
                long.add(len(rows))
            rows.append((str(at), line.name, line.place, line.deeds))
    write_table(pen, Grid(columns, rows, splits=frozenset(long)))


def _write_rewards(pen: Pen, table: RewardTable) -> None:
    forms = (*table.forms, *(("Cộng",) if table.has_sums else ()))
    columns = (
        INDEX,
        Column("Đơn vị", 56),
        *(
            Column(kind, 0, "right", above=form)
            for form in forms
            for kind in ("Tập thể", "Cá nhân")
        ),
    )
    rows: list[tuple[Content, ...]] = numbered([(name, *cells) for name, cells in table.rows])
    rows.append(("", "Cộng", *table.totals))
    write_table(pen, Grid(columns, rows, size="annex-figures", padding=CLOSE, last_is_sum=True))


def _write_summary(pen: Pen, table: SummaryTable) -> None:
    if table.annex:
        write_annex_head(pen, table.annex, table.name, table.bloc)
    rows = [_cells(line) for line in table.lines]
    columns, points = _fitted(pen, _summary_columns(table), rows)
    write_table(pen, Grid(columns, rows, size=points, padding=CLOSE))
    pen.write(
        "Notes",
        f"Điểm tối đa: {table.maxima}. Chênh lệch là tổng điểm Khối thẩm định trừ tổng điểm tự "
        "chấm.",
    )
    for note in (*table.policies, *table.notes, f"{table.provenance}."):
        pen.write("Notes", note)
    if table.sha256:
        pen.write("Notes", f"Mã kiểm tra SHA-256 của số liệu: {table.sha256}")
    for paragraph in pen.document.paragraphs[-2:]:
        paragraph.paragraph_format.keep_with_next = True
    write_signatures(pen, table.signatures)


def _cells(line: SummaryLine) -> tuple[str, ...]:
    return (
        *(line.number, line.name, *line.claimed, *line.appraised),
        *(line.agreed, line.delta, line.rank, line.grade, line.note),
    )


def _summary_columns(table: SummaryTable) -> tuple[Column, ...]:
    stages = tuple(
        Column(code, 0, "right", above=stage, bold=at == len(table.stage_columns))
        for stage in ("Tự chấm", "Khối thẩm định")
        for at, code in enumerate(table.stage_columns, start=1)
    )
    return (
        Column("STT", 0, "middle"),
        Column("Đơn vị"),
        *stages,
        Column("Hội nghị thống nhất", 0, "right", bold=True),
        Column("Chênh lệch", 0, "right"),
        Column("Xếp hạng", 0, "middle"),
        Column("Xếp loại", 0, "middle"),
        Column("Ghi chú"),
    )


def _fitted(
    pen: Pen, columns: tuple[Column, ...], rows: list[tuple[str, ...]]
) -> tuple[tuple[Column, ...], float]:
    """The columns as wide as their longest word, in the largest text with which all of them fit."""
    by_column = zip(*rows, strict=True)
    texts = [(column.head, *cells) for column, cells in zip(columns, by_column, strict=True)]
    need = [
        max(width_in_em(word, bold=True) for text in column for word in text.split() or ("",))
        for column in texts
    ]
    need[1] = max(need[1], NAME_EM)
    need[-1] = max(need[-1], min(NOTE_EM, max(width_in_em(note) for note in texts[-1])))
    padding = (2 * CLOSE[1] + LINE) * POINTS_PER_MM
    room = pen.room * POINTS_PER_MM - padding * len(columns)
    largest, smallest = pen.layout["summary-text"].value, pen.layout["summary-smallest"].value
    points = max(smallest, min(largest, room / sum(need) // STEP * STEP))
    widths = [(em * points + padding) / POINTS_PER_MM for em in need]
    widths[1] = 0  # the name takes what is left
    fitted = tuple(
        Column(column.head, width, column.align, column.above, column.bold)
        for column, width in zip(columns, widths, strict=True)
    )
    return fitted, points
