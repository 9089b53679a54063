"""Danh mục tài liệu minh chứng: one member's evidence with its checksums, a landscape annex."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.wording import count_words

TEMPLATE = "documents/evidence_list.html"
HASH_GROUP = 8  # hexadecimal digits that stand together, to be compared by eye


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A document that counts; a link has an ``address`` in place of a file."""

    codes: tuple[str, ...]  # of all criteria that it proves
    title: str
    document_number: str
    document_date: datetime.date | None
    file_name: str
    size: str  # as the portal writes it: 1,2 MB
    address: str
    sha256: str

    @property
    def criteria(self) -> str:
        return ", ".join(self.codes)

    @property
    def dated(self) -> str:
        """``ngày 15/12/2022``."""
        return f"ngày {self.document_date:%d/%m/%Y}" if self.document_date else ""

    @property
    def hash_groups(self) -> tuple[str, ...]:
        text = self.sha256
        return tuple(text[at : at + HASH_GROUP] for at in range(0, len(text), HASH_GROUP))


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """Everything the annex prints."""

    header: Header
    place_date: PlaceDate
    member: str
    bloc: str
    year: int
    items: tuple[EvidenceItem, ...]
    last_added: datetime.date | None
    signatures: tuple[SignatureBlock, ...]

    @property
    def title(self) -> str:
        return f"Danh mục tài liệu minh chứng năm {self.year} của {self.member}"

    @property
    def reference(self) -> str:
        return (
            f"(Kèm theo Bảng tự chấm điểm thi đua năm {self.year} của {self.member}, {self.bloc})"
        )

    @property
    def created(self) -> str:
        return self.last_added.isoformat() if self.last_added else ""

    @property
    def count(self) -> str:
        links = sum(1 for item in self.items if item.address)
        return (
            f"Danh mục có {count_words(len(self.items))} tài liệu: "
            f"{count_words(len(self.items) - links)} tệp, {count_words(links)} đường dẫn."
        )
