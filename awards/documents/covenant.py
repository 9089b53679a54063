"""Bản giao ước thi đua: what the members of a bloc pledge one another, signed by all of them."""

from __future__ import annotations

from dataclasses import dataclass

from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.prose import Block
from awards.documents.wording import count_words, end_mark

TEMPLATE = "documents/covenant.html"
LONG_NAME = 30  # letters; above it a third of the page is too narrow for a name in capitals
FEW = 8  # members whose signatures fit on a page two a row
NOBODY = SignatureBlock("", "", "", "", "")  # fills up the last row, so that columns stay columns


@dataclass(frozen=True, slots=True)
class Clause:
    """A paragraph of the contents with the items under it; only paragraphs are numbered."""

    is_numbered: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Covenant:
    """Everything the covenant prints; a part without text is left out with its heading."""

    header: Header
    place_date: PlaceDate
    bloc: str
    year: int
    opening: tuple[Block, ...]
    contents: tuple[Block, ...]
    targets: tuple[Block, ...]
    signatures: tuple[SignatureBlock, ...]  # of all members, in protocol order

    @property
    def name(self) -> str:
        return f"Bản giao ước thi đua năm {self.year}"

    @property
    def title(self) -> str:
        return f"{self.name} của {self.bloc}"

    @property
    def created(self) -> str:
        return self.place_date.day.isoformat() if self.place_date.day else ""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The contents: each paragraph opens a numbered clause, items stay with the one before."""
        groups: list[list[Block]] = []
        for block in self.contents:
            if block.kind == "item" and groups:
                groups[-1].append(block)
            else:
                groups.append([block])
        return tuple(Clause(group[0].kind == "paragraph", tuple(group)) for group in groups)

    @property
    def ending(self) -> str:
        return end_mark(
            f"{count_words(len(self.signatures))} cơ quan, đơn vị thành viên {self.bloc} cam kết "
            "thực hiện đúng các nội dung trên. Bản giao ước có hiệu lực kể từ ngày ký"
        )

    @property
    def per_row(self) -> int:
        names = [signature.authority_line for signature in self.signatures]
        return 2 if len(names) <= FEW or max(map(len, names)) > LONG_NAME else 3

    @property
    def signature_rows(self) -> tuple[tuple[SignatureBlock, ...], ...]:
        """The signatures two or three a row, the last row filled up with blanks."""
        rows = [
            self.signatures[at : at + self.per_row]
            for at in range(0, len(self.signatures), self.per_row)
        ]
        return tuple((*row, *[NOBODY] * (self.per_row - len(row))) for row in rows)
