"""What the members' own reports say for a part of the year-end report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from awards.documents.prose import Block, blocks
from awards.documents.richtext import blocks_of, is_rich, lines_of, storable, to_html
from awards.models import DocumentKind
from blocs.models import ExemplaryModel, MemberReport, Review


@dataclass(frozen=True)
class Quote:
    """One member's words, under its name of that year; ``member`` is the membership's key."""

    member: int
    name: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return lines_of(self.blocks)

    @property
    def headed(self) -> tuple[Block, ...]:
        return (Block("heading", self.name), *self.blocks)


def _models(report: MemberReport) -> str:
    return "\n".join(_model(one) for one in report.exemplary_models.all())


def _model(model: ExemplaryModel) -> str:
    who = ", ".join(part for part in (model.name, model.unit) if part)
    return f"- {who}: {' '.join(model.deeds.split())}"


SOURCES: dict[str, Callable[[MemberReport], str]] = {
    "movements": lambda report: report.results,
    "exemplars": _models,
    "limits": lambda report: report.shortcomings,
    "causes": lambda report: report.shortcomings,
    "proposals": lambda report: report.proposals,
}


def quoting_parts(kind: str) -> frozenset[str]:
    """The parts of a paper for which the members' own reports say something."""
    return frozenset(SOURCES) if kind == DocumentKind.REPORT else frozenset()


def quotes_for(review: Review, section: str) -> tuple[Quote, ...]:
    """The words of each member that wrote any, in the order of protocol."""
    reports = MemberReport.objects.filter(membership__review=review).prefetch_related(
        "exemplary_models"
    )
    written = {report.membership_id: blocks(SOURCES[section](report)) for report in reports}
    members = review.memberships.in_order().with_names().select_related("review")
    return tuple(
        Quote(member.pk, member.name, written[member.pk])
        for member in members
        if written.get(member.pk)
    )


def with_quotes(text: str, quotes: Iterable[Quote]) -> str:
    """A text part with the quotes below what it says, each headed by its member's name."""
    added = tuple(block for quote in quotes for block in quote.headed)
    if is_rich(text):
        return storable(to_html(blocks_of(text) + added))
    return f"{text}\n\n{lines_of(added)}".strip()
