"""The contents pages of a dossier from its pieces."""

from __future__ import annotations

from collections.abc import Sequence

from awards.documents import facts
from awards.documents.contents import Contents, ContentsLine
from awards.documents.facts import Numbering
from awards.documents.pieces import Piece
from blocs.models import Review


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
    return ContentsLine(
        heading=" – ".join(piece.folder.split("/")),
        title=piece.title,
        reference=piece.reference,
        page=page,
        note=f"đường dẫn: {piece.file_name}" if piece.is_link else piece.problem,
    )
