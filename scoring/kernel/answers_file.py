"""Reading a file of answers into a case (docs/scoring-rules.md, "Dry run")."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NoReturn, TypeVar

from .arithmetic import nfc
from .cases import SUBMISSION, Case, Finding, FromSubmission, Member, check_exemptions
from .criteria import CriteriaSet, Criterion, Office, Stage
from .entries import Change, read_inputs, read_points
from .errors import InputError, gettext_noop
from .knockouts import unranked_members
from .lateness import Event, EventKind, Extension, Submission
from .rules import Deadline, DeadlinePenalty
from .rules.inputs import Inputs, RawInputs, read_day, read_moment

MEMBER_KEYS = (
    "name",
    "office",
    "not_applicable",
    "system",
    "submission",
    "claimed",
    "appraised",
    "agreed",
    "findings",
)
OFFICES = tuple(office.value for office in Office)
T = TypeVar("T")


def parse_answers(text: str) -> object:
    """JSON without repeated keys; InputError, in one line, for anything else."""
    try:
        # Numbers with a fraction are only ignored notes or errors; exact, they stay recognisable.
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise InputError(
            gettext_noop("This is not JSON: %(problem)s"), field="answers", problem=error
        ) from None


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(gettext_noop("The key is there twice."), field=key)
        found[key] = value
    return found


def read_case(criteria: CriteriaSet, raw: object) -> Case:
    """The case that `raw` describes; InputError says where and what is expected."""
    answers = _mapping(raw, "answers")
    if nfc(str(_required(answers, "set"))) != criteria.code:
        _refuse(
            gettext_noop("The answers are for the set %(found)s, the set is %(code)s."),
            "set",
            found=answers["set"],
            code=criteria.code,
        )
    _whole(_required(answers, "review_year"), "review_year")
    raw_members = _mapping(_required(answers, "members"), "members")
    offices = {slug: _office(member, slug) for slug, member in raw_members.items()}
    members = tuple(
        _located(_member, criteria, slug, member, offices, path=(slug,))
        for slug, member in raw_members.items()
    )
    votes = _mapping(answers.get("flag_votes") or {}, "flag_votes")
    case = Case(
        members=members,
        late_knockout=_late_knockout_code(criteria, answers),
        flag_votes={
            _slug(slug, offices, "flag_votes"): _whole(n, "flag_votes") for slug, n in votes.items()
        },
        chair_order=_chair_order(answers, offices),
    )
    exempt = {member.slug: member.not_applicable.keys() for member in members}
    check_exemptions(criteria, exempt, unranked_members(criteria, case))
    return case


def _member(criteria: CriteriaSet, slug: str, raw: object, offices: Mapping[str, Office]) -> Member:
    fields = RawInputs(raw, *MEMBER_KEYS)
    given = _mapping(raw, slug)
    not_applicable = _by_code(criteria, given, "not_applicable", _read_not_applicable)
    member = Member(
        slug=slug,
        name=_name(fields),
        office=offices[slug],
        claimed=_by_code(criteria, given, "claimed", _read_claim),
        appraised=_by_code(criteria, given, "appraised", _read_appraised),
        agreed=_by_code(criteria, given, "agreed", _read_agreed),
        not_applicable=not_applicable,
        system=_by_code(criteria, given, "system", _read_system),
        submission=_located(_submission, given.get("submission"), offices, path=("submission",)),
        findings=tuple(
            _located(_finding, criteria, finding, path=("findings",))
            for finding in _list(given.get("findings") or [], "findings")
        ),
    )
    fields.take("claimed")
    for part in ("claimed", "system", "appraised", "agreed"):
        for code in getattr(member, part):
            if code in not_applicable:
                raise InputError(
                    gettext_noop("The criterion does not apply, so nothing is entered for it."),
                    field=code,
                    path=(part,),
                )
    return member


def _name(fields: RawInputs) -> str:
    fields.text("name")
    return str(fields.take("name"))  # printed as it was written, so not composed


def _by_code(
    criteria: CriteriaSet,
    given: Mapping[str, object],
    part: str,
    read: Callable[[CriteriaSet, Criterion, object], T],
) -> dict[str, T]:
    found: dict[str, T] = {}
    for key, raw in _mapping(given.get(part) or {}, part).items():
        code = nfc(key)
        if not criteria.has(code) or code in found:
            raise InputError(
                gettext_noop("No leaf, bonus or penalty of the set has this code."),
                field=key,
                path=(part,),
            )
        found[code] = _located(read, criteria, criteria.find(code), raw, path=(part, code))
    return found


def _read_not_applicable(criteria: CriteriaSet, criterion: Criterion, raw: object) -> str:
    if criterion.na_policy is None:
        _refuse(gettext_noop("The set gives no na_policy for it, so it always applies."), "")
    return _reason(raw, "reason")


def _read_system(
    criteria: CriteriaSet, criterion: Criterion, raw: object
) -> Inputs | FromSubmission:
    if not criterion.auto or criterion.derived:
        _refuse(gettext_noop("The system gives no inputs for this criterion."), "")
    if raw != "submission":
        return read_inputs(criteria, criterion, raw)
    if not isinstance(criterion.rule, (Deadline, DeadlinePenalty)):
        _refuse(gettext_noop("Only a deadline can be fed by the submission."), "")
    return SUBMISSION


def _read_claim(criteria: CriteriaSet, criterion: Criterion, raw: object) -> Inputs:
    if not criterion.typed:
        _refuse(gettext_noop("The member does not enter this criterion."), "")
    return read_inputs(criteria, criterion, raw)


def _read_appraised(criteria: CriteriaSet, criterion: Criterion, raw: object) -> Change:
    return _read_change(criteria, criterion, raw, Stage.APPRAISED)


def _read_agreed(criteria: CriteriaSet, criterion: Criterion, raw: object) -> Change:
    return _read_change(criteria, criterion, raw, Stage.AGREED)


def _read_change(criteria: CriteriaSet, criterion: Criterion, raw: object, stage: Stage) -> Change:
    if criterion.auto or (criterion.set_by and stage is not Stage.AGREED):
        _refuse(gettext_noop("Nobody changes this criterion at this stage."), "")
    fields = RawInputs(raw, "inputs", "points", "reason", "equivalent_inputs")
    given = _mapping(raw, "change")
    if ("inputs" in given) == ("points" in given):
        _refuse(gettext_noop("A change gives either inputs or points."), "inputs")
    reason = _reason(fields.take("reason"), "reason")
    if "points" in given:
        return Change(None, read_points(criteria, criterion, given["points"]), reason)
    return Change(read_inputs(criteria, criterion, given["inputs"]), None, reason)


def _submission(raw: object, offices: Mapping[str, Office]) -> Submission | None:
    if raw is None:
        return None
    fields = RawInputs(raw, "due", "extension", "events")
    given = _mapping(raw, "submission")
    events = tuple(
        _located(_event, event, path=("events",))
        for event in _list(fields.take("events"), "events")
    )
    due = fields.day("due")
    extension = _located(_extension, given.get("extension"), offices, path=("extension",))
    if extension and extension.to < due:
        _refuse(gettext_noop("The extension ends before the due day."), "extension")
    return Submission(due, events, extension)


def _event(raw: object) -> Event:
    fields = RawInputs(raw, "kind", "at", "note")
    kinds = [kind.value for kind in EventKind]
    return Event(
        EventKind(_one_of(fields.take("kind"), "kind", kinds)), read_moment(fields.take("at"), "at")
    )


def _extension(raw: object, offices: Mapping[str, Office]) -> Extension | None:
    if raw is None:
        return None
    fields = RawInputs(raw, "to", "granted_at", "granted_by", "reason")
    granter = _slug(fields.take("granted_by"), offices, "granted_by")
    return Extension(
        to=fields.day("to"),
        granted_at=read_moment(fields.take("granted_at"), "granted_at"),
        granted_by=granter,
        granter_office=offices[granter],
        reason=str(_mapping(raw, "extension").get("reason") or ""),
    )


def _finding(criteria: CriteriaSet, raw: object) -> Finding:
    fields = RawInputs(raw, "knockout", "source", "document", "received_at", "lifted_at", "note")
    code = fields.text("knockout")
    if criteria.find_knockout(code) is None:
        _refuse(gettext_noop("The set has no knock-out %(knockout)s."), "knockout", knockout=code)
    return Finding(
        knockout=code,
        source=fields.text("source"),
        document=fields.text("document"),
        received_at=read_day(fields.take("received_at"), "received_at"),
        lifted_at=fields.day_or_none("lifted_at"),
    )


def _late_knockout_code(criteria: CriteriaSet, answers: Mapping[str, object]) -> str | None:
    code = answers.get("knockout_of_late_submission")
    if code is None:
        return None
    if not isinstance(code, str) or criteria.find_knockout(nfc(code)) is None:
        _refuse(
            gettext_noop("The set has no knock-out %(knockout)s."),
            "knockout_of_late_submission",
            knockout=code,
        )
    return nfc(code)


def _chair_order(answers: Mapping[str, object], offices: Mapping[str, Office]) -> tuple[str, ...]:
    order = tuple(
        _slug(slug, offices, "chair_order")
        for slug in _list(answers.get("chair_order") or [], "chair_order")
    )
    if len(set(order)) < len(order):
        _refuse(gettext_noop("A member is there twice."), "chair_order")
    return order


def _office(raw: object, slug: str) -> Office:
    office = _required(_mapping(raw, slug), "office", slug)
    return Office(_one_of(office, "office", OFFICES, slug))


def _one_of(value: object, field: str, allowed: list[str] | tuple[str, ...], *path: str) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise InputError(
            gettext_noop("Enter one of: %(allowed)s."),
            field=field,
            path=path,
            allowed=", ".join(allowed),
        )
    return value


def _slug(value: object, offices: Mapping[str, Office], field: str) -> str:
    if not isinstance(value, str) or value not in offices:
        _refuse(gettext_noop("There is no member %(slug)s."), field, slug=value)
    return value


def _reason(value: object, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        _refuse(gettext_noop("Give a reason."), field)
    return value


def _whole(value: object, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        _refuse(gettext_noop("Enter a whole number that is not below 0."), field)
    return value


def _mapping(value: object, field: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        _refuse(gettext_noop("Keys with values are expected here."), field)
    return value


def _list(value: object, field: str) -> list[object]:
    if not isinstance(value, list):
        _refuse(gettext_noop("A list is expected here."), field)
    return value


def _required(given: Mapping[str, object], key: str, *path: str) -> object:
    if key not in given:
        raise InputError(gettext_noop("This key is missing."), field=key, path=path)
    return given[key]


def _refuse(template: str, field: str, **params: object) -> NoReturn:
    raise InputError(template, field=field, path=(), **params)


def _located(read: Callable[..., T], *args: object, path: tuple[str, ...]) -> T:
    try:
        return read(*args)
    except InputError as error:
        raise error.under(*path) from None
