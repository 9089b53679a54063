"""Criteria sets: uploaded, fitted to the bloc, adopted; from then on they stand."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Membership, Phase, Review, User
from blocs.permissions import can_hand_over, require
from blocs.workflow import IllegalMove, Stale, holding, moving
from scoring import permissions as may
from scoring.criteria import digest, fitting_sources, moved_on, rules_of, store
from scoring.kernel.cases import check_exemptions
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.errors import InputError
from scoring.messages import translated
from scoring.models import AutoSource, CriteriaSet, CriteriaStatus, Criterion, Exemption, Part


def upload_criteria(review: Review, rules: Rules, *, by: User) -> CriteriaSet:
    """Make ``rules`` the review's draft set, in place of the draft before."""
    with holding(review) as held:
        sets = CriteriaSet.objects.select_for_update(of=("self",)).filter(review=held)
        drafts = [one for one in sets if _require_draft(one)]  # a colleague may be adopting it
        require(may.can_edit_criteria(by, held))
        for draft in drafts:
            draft.delete()
        criteria_set = CriteriaSet(review=held)
        store(criteria_set, rules)
        return criteria_set


def copy_criteria(review: Review, upcoming: Review, *, by: User) -> CriteriaSet | None:
    """Hand the adopted criteria on to the bloc's next review, as a draft to be looked through.

    The year moves on in titles and names, and chosen sources stay; exemptions are decided anew.
    Nothing is copied (None) where the next review has a set, or has begun.
    """
    with holding(upcoming) as held:
        require(can_hand_over(by, review))
        if (held.bloc_id, held.year) != (review.bloc_id, review.year + 1):
            raise ValidationError(_("Criteria are handed on to the same bloc's next year."))
        adopted = CriteriaSet.objects.filter(review=review, status=CriteriaStatus.ADOPTED).first()
        taken = CriteriaSet.objects.filter(review=held).exists()
        if adopted is None or taken or not held.is_in(Phase.PREPARATION):
            return None
        draft = CriteriaSet(review=held)
        store(draft, moved_on(adopted, review.year, held.year))
        chosen = dict(adopted.criteria.values_list("code", "auto_source"))
        for criterion in draft.criteria.all():
            if criterion.auto_source != chosen[criterion.code]:
                criterion.auto_source = chosen[criterion.code]
                criterion.save(update_fields=["auto_source"])
        return draft


def _require_draft(criteria_set: CriteriaSet) -> bool:
    """Raise ``IllegalMove`` for an adopted set: nothing in it changes any more."""
    if criteria_set.status == CriteriaStatus.ADOPTED:
        raise IllegalMove(_("The criteria were adopted; they no longer change."))
    return criteria_set.is_draft


def choose_source(criterion: Criterion, source: str, *, by: User) -> None:
    """Say where the value of an automatic criterion comes from, while the set is a draft."""
    with holding(criterion.criteria_set) as held:
        _require_draft(held)
        require(may.can_edit_criteria(by, held.review))
        if not criterion.auto_source or criterion.auto_source == AutoSource.DERIVED:
            raise ValidationError(_("This criterion is not filled in from a record."))
        if source not in fitting_sources(rules_of(held).find(criterion.code)):
            raise ValidationError(
                _("This record does not give what the rule of the criterion needs.")
            )
        criterion.auto_source = AutoSource(source)
        criterion.save(update_fields=["auto_source"])


def exempt(criterion: Criterion, membership: Membership, *, reason: str, by: User) -> Exemption:
    """Note that a criterion does not apply to a member; its policy says what then counts."""
    with holding(criterion.criteria_set) as held:
        _require_draft(held)
        require(may.can_edit_criteria(by, held.review))
        if criterion.part != Part.LEAF or "na_policy" not in criterion.document:
            raise ValidationError(_("The set has no rule for members it does not apply to."))
        if membership.review_id != held.review_id:
            raise ValidationError(_("This agency is not a member of the review."))
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the criterion does not apply.")})
        exemption, _created = Exemption.objects.update_or_create(
            criterion=criterion, membership=membership, defaults={"reason": reason.strip()}
        )
        return exemption


def lift_exemption(exemption: Exemption, *, by: User) -> None:
    with holding(exemption.criterion.criteria_set) as held:
        _require_draft(held)
        require(may.can_edit_criteria(by, held.review))
        exemption.delete()


def adopt_criteria(criteria_set: CriteriaSet, *, seen: str = "", by: User) -> CriteriaSet:
    """Adopt a draft: nothing in it changes any more.

    Raises ``Stale`` when the draft is not the one whose digest was ``seen``. Refused
    (``ValidationError``) where exemptions leave a group without a criterion, or a criterion whose
    average nobody is left to make (docs/scoring-rules.md, 3).
    """
    with moving(criteria_set, CriteriaStatus.ADOPTED, by=by) as held:
        require(may.can_adopt_criteria(by, held.review))
        held.sha256 = digest(held)
        if seen not in ("", held.sha256):
            raise Stale(_("The draft has changed since you read it."))
        _refuse_hollow(held)
        held.adopted_at = timezone.now()
        held.adopted_by = by
    return held


def _refuse_hollow(criteria_set: CriteriaSet) -> None:
    members = {part.pk: part for part in criteria_set.review.memberships.select_related("agency")}
    exempt: dict[str, list[str]] = {part.agency.slug: [] for part in members.values()}
    for code, membership in Exemption.objects.filter(
        criterion__criteria_set=criteria_set
    ).values_list("criterion__code", "membership_id"):
        exempt[members[membership].agency.slug].append(code)
    unranked = {part.agency.slug for part in members.values() if part.unranked}
    try:
        check_exemptions(rules_of(criteria_set), exempt, unranked)
    except InputError as error:
        name = next(part.name for part in members.values() if part.agency.slug == error.path[0])
        raise ValidationError(f"{name}: {translated(error)}") from error
