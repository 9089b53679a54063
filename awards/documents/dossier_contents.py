"""The contents pages of a dossier from its pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from awards.documents import facts
from awards.documents.contents import Contents, ContentsLine
from awards.documents.facts import Numbering
from awards.documents.pdf import legible
from awards.documents.pieces import Piece
from blocs.models import Review

NUMBER = re.compile(r"^[0-9]+ ")  # that orders the folders of the archive


def title_of(review: Review) -> str:
    return f"Hồ sơ thi đua năm {review.year} của {review.bloc.full_name}"


def contents_of(review: Review, pieces: Sequence[Piece], firsts: dict[int, int]) -> Contents:
    """``firsts``: the first page of each bound piece, by its position."""
    return Contents(
        header=facts.header(review, Numbering("", "", None)),
        bloc=review.bloc.full_name,
        year=review.year,
        lines=tuple(_line(piece, firsts.get(piece.position)) for piece in pieces),
        pages=sum(piece.pages for piece in pieces if piece.is_bound),
    )


def _line(piece: Piece, page: int | None) -> ContentsLine:
    part, *below = [NUMBER.sub("", name) for name in piece.folder.split("/")]
    criterion = f"{below[1]}: " if len(below) > 1 else ""
    # Titles and names of files are others' words: one strange letter must not stop the dossier.
    return ContentsLine(
        heading=legible(f"{part} của {below[0]}" if below else part),
        title=legible(f"{criterion}{piece.title}"),
        reference=legible(piece.reference),
        page=page,
        note=legible(f"đường dẫn: {piece.file_name}" if piece.is_link else piece.problem),
    )
