"""The rows of a sheet's page: groups, criteria, and what each of them shows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from scoring.forms.rows import RowForm
from scoring.kernel.cases import SUBMISSION, Member
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.criteria import Group, NaPolicy, Stage
from scoring.kernel.stages import answers
from scoring.kernel.tabulation import MemberResult
from scoring.kernel.totals import NodeResult
from scoring.models import AutoSource, Criterion, Finding, Objection, Score, Sheet
from scoring.rule_text import figures_text, rule_sentence
from scoring.templatetags.points import points

TYPED, AUTO, EXEMPT, CONFERENCE = "typed", "auto", "exempt", "conference"


@dataclass(frozen=True)
class NodeRow:
    """A group or inner node with its subtotals; ``key`` is its id in the page."""

    key: str
    code: str
    name: str
    max: Decimal | None
    depth: int
    claimed: Decimal
    appraised: Decimal
    agreed: Decimal
    note: str = ""
    is_node: bool = True

    @property
    def difference(self) -> Decimal:
        return self.appraised - self.claimed


@dataclass(frozen=True)
class FindingNote:
    """What another agency found, as it stands beside the criterion that it touches."""

    finding: Finding
    consequence: str


@dataclass(frozen=True)
class LeafRow:
    """A criterion; ``kind`` says who fills it in: somebody, the system, nobody, the conference."""

    key: str
    kind: str
    leaf: Leaf
    max: Decimal | None
    rule: str
    depth: int
    is_extra: bool
    is_penalty: bool
    claimed: Decimal | None
    appraised: Decimal | None
    agreed: Decimal | None
    score: Score | None = None
    form: RowForm | None = None
    url: str = ""
    figures: str = ""
    appraised_figures: str = ""
    agreed_figures: str = ""
    source: str = ""
    reason: str = ""
    policy: str = ""
    locked: str = ""  # why the member may not change it, though it may change others
    next_changed: str = ""  # where the next row is that the member has changed since the return
    last_year: str = ""
    label: str = ""  # what tells this row's inputs from those of others
    accept_url: str = ""
    findings: tuple[FindingNote, ...] = ()
    objection: Objection | None = None
    may_object: bool = False
    history_url: str = ""
    lacks_proof: bool = False  # neither evidence nor explanation, and the criterion asks for it
    is_node: bool = False

    @property
    def is_provisional(self) -> bool:
        return self.score is not None and self.score.is_provisional

    @property
    def pk(self) -> str:
        return str(self.score.pk) if self.score is not None else ""

    @property
    def version(self) -> str:
        """What the reader saw; a row that stays open keeps the version that it came with."""
        if self.form is not None and self.form.is_bound:
            return self.form.value("version")
        return str(self.score.version) if self.score is not None else ""

    @property
    def has_history(self) -> bool:
        """An automatic criterion has one as well: it moves with the rest of the sheet."""
        return self.kind == AUTO or (self.score is not None and self.score.version > 0)

    @property
    def is_answered(self) -> bool:
        return self.score is not None and self.score.is_answered

    @property
    def is_open(self) -> bool:
        """A criterion of the scale that its member has still to answer."""
        return self.kind == TYPED and not self.is_extra and not self.is_answered

    @property
    def is_to_appraise(self) -> bool:
        return self.kind == TYPED and self.score is not None and not self.score.is_appraised

    @property
    def difference(self) -> Decimal | None:
        if self.claimed is None or self.appraised is None:
            return None
        return self.appraised - self.claimed


@dataclass
class Section:
    """A top-level group, the bonuses or the penalties: a table of its own."""

    key: str
    title: str
    rows: list[NodeRow | LeafRow] = field(default_factory=list)
    is_extra: bool = False

    @property
    def leaves(self) -> Iterator[LeafRow]:
        return (row for row in self.rows if isinstance(row, LeafRow))

    @property
    def is_typed(self) -> bool:
        """Whether anybody types anything here."""
        return any(row.form is not None for row in self.leaves)


@dataclass(frozen=True)
class Rows:
    """Makes rows from the criteria, the member's result and its scores (by criterion).

    Forms, reasons why a row is locked, and links from one changed row to the next go by score.
    """

    sheet: Sheet
    member: Member
    result: MemberResult
    criteria: Mapping[str, Criterion]
    scores: Mapping[int, Score]
    forms: Mapping[int, RowForm]
    shows_appraisal: bool
    locked: Mapping[int, str] = field(default_factory=dict)
    changed: Mapping[int, str] = field(default_factory=dict)
    last_year: Mapping[str, str] = field(default_factory=dict)
    label: str = ""  # the member, where the rows of several stand together
    unproven: Collection[int] = ()
    findings: Sequence[FindingNote] = ()
    may_object: bool = False

    @cached_property
    def url(self) -> str:
        """What every address of a row begins with; reversing it sixty times would cost a tenth."""
        args = [*self.sheet.membership.review.url_args, self.sheet.membership.agency.slug, 0]
        return reverse("scoring:score_save", args=args).removesuffix("0/")

    @cached_property
    def accept_url(self) -> str:
        return f"{self.sheet.get_absolute_url()}accept/"

    def of_group(self, group: Group) -> Section:
        section = Section(str(self.criteria[group.code].pk), f"{group.code}. {group.name}")
        self._add(section.rows, group, 0)
        return section

    def of_extras(self, title: str, leaves: tuple[Leaf, ...]) -> Section:
        """Bonuses or penalties, under the id of the first of them."""
        section = Section(str(self.criteria[leaves[0].code].pk), title, is_extra=True)
        section.rows.extend(self.of_leaf(leaf) for leaf in leaves)
        return section

    def _add(self, rows: list[NodeRow | LeafRow], node: Group | Leaf, depth: int) -> None:
        if isinstance(node, Leaf):
            rows.append(self.of_leaf(node, depth))
            return
        result = self.result.nodes[node.code]
        counted = result.counted
        rows.append(
            NodeRow(
                key=str(self.criteria[node.code].pk),
                code=node.code,
                name=node.name,
                max=node.max,
                depth=depth,
                claimed=counted[Stage.CLAIMED],
                appraised=counted[Stage.APPRAISED],
                agreed=counted[Stage.AGREED],
                note=_rescaled_note(result),
            )
        )
        for child in node.children:
            self._add(rows, child, depth + 1)

    def of_leaf(self, leaf: Leaf, depth: int = 0) -> LeafRow:
        criterion = self.criteria[leaf.code]
        result = self.result.leaves.get(leaf.code) or self.result.extras[leaf.code]
        score = self.scores.get(criterion.pk)
        kind = _kind(leaf, self.member)
        pk = score.pk if score is not None else 0
        return LeafRow(
            key=f"{self.sheet.pk}-{criterion.pk}",
            kind=kind,
            leaf=leaf,
            max=leaf.max,
            rule=rule_sentence(leaf),
            depth=depth,
            is_extra=leaf.code in self.result.extras,
            is_penalty=leaf.code in self.result.extras and leaf.max is None,
            claimed=result.points[Stage.CLAIMED],
            appraised=self._appraised(kind, score, result.points[Stage.APPRAISED]),
            agreed=result.points[Stage.AGREED],
            score=score,
            form=self.forms.get(pk),
            url=f"{self.url}{pk}/" if pk else "",
            locked=self.locked.get(pk, ""),
            next_changed=self.changed.get(pk, ""),
            last_year=self.last_year.get(leaf.code, ""),
            label=self.label or leaf.code,
            accept_url=self.accept_url,
            history_url=f"{self.url.removesuffix('scores/')}history/{criterion.pk}/",
            findings=tuple(
                note for note in self.findings if note.finding.touches_id == criterion.pk
            ),
            lacks_proof=pk in self.unproven,
            **self._contested(score),
            **self._words(kind, leaf, score, criterion),
        )

    def _contested(self, score: Score | None) -> dict[str, Any]:
        """The last objection to the criterion, and whether the reader may raise one."""
        if score is None or not self.shows_appraisal:
            return {}
        objections = list(score.objections.all())
        pending = any(one.is_pending for one in objections)
        return {
            "objection": objections[-1] if objections else None,
            "may_object": self.may_object and score.is_appraised and not pending,
        }

    @staticmethod
    def _appraised(kind: str, score: Score | None, value: Decimal | None) -> Decimal | None:
        """Blank until the appraiser has looked at it: the running result repeats the claim."""
        if kind == TYPED and (score is None or not score.is_appraised):
            return None
        return value

    def _words(
        self, kind: str, leaf: Leaf, score: Score | None, criterion: Criterion
    ) -> dict[str, Any]:
        if kind == EXEMPT:
            policy = POLICIES[leaf.na_policy]() if leaf.na_policy is not None else ""
            return {"reason": self.member.not_applicable[leaf.code], "policy": policy}
        if kind == AUTO:
            return {
                "source": str(AutoSource(criterion.auto_source).label),
                "figures": self._recorded(leaf),
            }
        if score is None:
            return {}
        return {
            "figures": figures_text(leaf, score.claimed_inputs),
            "appraised_figures": figures_text(leaf, score.appraised_inputs),
            "agreed_figures": figures_text(leaf, score.agreed_inputs),
        }

    def _recorded(self, leaf: Leaf) -> str:
        """What the system knows of an automatic criterion."""
        if leaf.derived:
            if not self.shows_appraisal or self.result.accuracy is None:
                return _("computed after the appraisal")
            return _("differs by %(delta)s points") % {"delta": points(self.result.accuracy)}
        recorded = self.member.system.get(leaf.code)
        if recorded is SUBMISSION and self.member.submission is None:
            return _("nothing came")
        answer = answers(leaf, self.member)[Stage.CLAIMED]
        if answer is None or answer.inputs is None:
            return _("not recorded yet")
        return figures_text(leaf, answer.inputs.document())


def _kind(leaf: Leaf, member: Member) -> str:
    if leaf.code in member.not_applicable:
        return EXEMPT
    if leaf.auto:
        return AUTO
    return TYPED if leaf.set_by is None else CONFERENCE


def _rescaled_note(result: NodeResult) -> str:
    if result.rescaled is None:
        return ""
    return _("%(raw)s of the remaining %(rest)s points, scaled up to %(max)s") % {
        "raw": points(result.raw[Stage.CLAIMED]),
        "rest": points(result.max - result.out),
        "max": points(result.max),
    }


POLICIES = {
    NaPolicy.FULL: lambda: _("counts in full"),
    NaPolicy.RESCALE: lambda: _("left out; the rest of the group is scaled up"),
    NaPolicy.BLOC_AVERAGE: lambda: _("counts the average of the other members"),
}
