"""Pages of known size for the benchmarks: tables of members by criteria, and a long report."""

from __future__ import annotations

from awards.documents.layout import custom_properties

ABREAST = 15  # members that stand beside each other in one table
WORDS = "Khối thi đua đã tổ chức triển khai thực hiện có hiệu quả các phong trào thi đua yêu nước "


def page(body: str, *, landscape: bool = False) -> str:
    kind = "landscape" if landscape else "portrait"
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đo</title>'
        f'<link rel="stylesheet" href="css/print.css"><style>{custom_properties()}</style></head>'
        f'<body class="{kind}">{body}</body></html>'
    )


def table_page(members: int, criteria: int) -> str:
    """``criteria`` lines of ``members`` columns; beyond 15 members in tables one after another."""
    tables = []
    for first in range(0, members, ABREAST):
        chosen = range(first + 1, min(first + ABREAST, members) + 1)
        cols = '<col class="index"><col>' + "<col>" * len(chosen)
        head = "".join(f"<th>Đơn vị {n}</th>" for n in chosen)
        lines = "".join(
            f'<tr><td class="middle">{at}</td><td>Tiêu chí {at}: thực hiện nhiệm vụ</td>'
            + "".join(
                f'<td class="figure">{(at * n) % 10},{(at + n) % 100:02}</td>' for n in chosen
            )
            + "</tr>"
            for at in range(1, criteria + 1)
        )
        tables.append(
            f'<table class="sorted-papers"><colgroup>{cols}</colgroup><thead><tr><th>STT</th>'
            f"<th>Tiêu chí</th>{head}</tr></thead><tbody>{lines}</tbody></table>"
        )
    return page("".join(tables), landscape=True)


def report_page(sections: int = 120) -> str:
    """About 60 pages of text for 120 sections."""
    text = "".join(
        f"<h4>Mục {at}</h4>" + f"<p>{WORDS * 5}</p>" * 3 for at in range(1, sections + 1)
    )
    return page(f'<div class="text">{text}</div>')
