"""Counting printed papers: one teller types the numbers, another confirms or rejects them.

A count is a draft until it is sent; a draft takes any numbers. What was sent is never altered: a
rejected count stays in the record and the papers are counted anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import permissions as may
from awards.ballots import options_of, paper_of
from awards.models import PaperForm, Tally, TallyLine, TallyStatus, Vote, VoteOption, VoteStatus
from awards.tallies import (
    COLUMNS,
    TOTALS,
    Figures,
    columns_of,
    figures_of,
    line_field,
    running_tally,
)
from awards.votes import papers
from awards.votes.outcome import CountError, OptionCount, check_count
from awards.votes.papers import Form
from awards.votes.rules import Turnout
from blocs.models import User
from blocs.permissions import require
from blocs.workflow import IllegalMove, Stale, holding, moving
from scoring import uploads

from .votes import COUNT_REFUSALS, store_count

WORDS = {
    **COUNT_REFUSALS,
    "issued_within_entitled": gettext_lazy(
        "More papers were handed out than members stand on the roll."
    ),
}
# The field at which a broken identity of the totals is told.
FIELDS = {
    "issued_within_entitled": "issued",
    "returned_within_issued": "returned",
    "valid_within_returned": "valid",
}
SCANS = frozenset(["application/pdf", "image/jpeg", "image/png"])


@contextmanager
def _counting(vote: Vote, by: User) -> Iterator[Vote]:
    """Hold the conference, so that its committee stands, and the vote that ``by`` may count."""
    with holding(vote.conference) as conference, holding(vote) as held:
        held.conference = conference
        require(may.can_count_papers(by, held))
        yield held


@contextmanager
def _draft(tally: Tally, by: User) -> Iterator[Tally]:
    """Hold a count that has not been sent, for one of the tellers."""
    with _counting(tally.vote, by) as vote, holding(tally) as held:
        held.vote = vote
        if held.status != TallyStatus.DRAFT:
            raise Stale(_("This count has been sent to the second teller; it stands as it is."))
        yield held


@contextmanager
def _typing(tally: Tally, by: User) -> Iterator[Tally]:
    """Hold a draft for whoever types it."""
    with _draft(tally, by) as held:
        require(may.can_type_tally(by, held))
        yield held


def begin_tally(vote: Vote, *, by: User) -> Tally:
    """Begin to type the count of a vote's papers. Raises ``Stale`` where one was begun."""
    with _counting(vote, by) as held:
        if running_tally(held) is not None:
            raise Stale(_("A tally of this vote has been begun."))
        tally = Tally.objects.create(vote=held, entered_by=by)
        TallyLine.objects.bulk_create(
            TallyLine(tally=tally, option=option) for option in options_of(held)
        )
        return tally


def take_over_tally(tally: Tally, *, by: User) -> Tally:
    """Go on with another teller's draft, as when that teller has left; it is noted."""
    with _draft(tally, by) as held:
        note = _("Taken over from %(teller)s") % {"teller": held.entered_by}
        held.changes.create(
            from_status=held.status, to_status=held.status, by=by, at=timezone.now(), note=note
        )
        held.entered_by = by
        held.save(update_fields=["entered_by"])
        return held


def save_tally(tally: Tally, figures: Figures, *, by: User) -> Tally:
    """Keep what has been typed so far; numbers that do not add up are kept as well."""
    with _typing(tally, by) as held:
        _write(held, figures)
        return held


def _write(tally: Tally, figures: Figures) -> None:
    for name, number in zip(TOTALS, figures.totals, strict=True):
        setattr(tally, name, number)
    tally.save(update_fields=TOTALS)
    rows = list(tally.lines.order_by("option__position"))
    if len(rows) != len(figures.lines):
        raise ValidationError(_("Count every option."))
    for row, numbers in zip(rows, figures.lines, strict=True):
        row.yes, row.no, row.abstain = numbers
    TallyLine.objects.bulk_update(rows, COLUMNS)


def broken(vote: Vote, figures: Figures) -> dict[str, str]:
    """What keeps a count from being sent, by the name of the field; {} when it adds up."""
    options = options_of(vote)
    columns = columns_of(vote)
    missing = _("Write the number; 0 where there is none.")
    found = {
        name: missing for name, number in zip(TOTALS, figures.totals, strict=True) if number is None
    }
    for option, line in zip(options, figures.lines, strict=True):
        found |= {
            line_field(column, option): missing
            for column, number in zip(columns, line, strict=False)
            if number is None
        }
    return found or _disagreeing(vote, options, figures)


def _disagreeing(vote: Vote, options: Sequence[VoteOption], figures: Figures) -> dict[str, str]:
    """The identities that the numbers break: those of the totals first, then each option's."""
    issued, returned, valid, invalid = (number or 0 for number in figures.totals)
    form, handed = Form(vote.form), vote.roll.count()
    turnout = Turnout(handed, handed, issued, returned, valid)
    try:
        check_count(form, turnout, [], most=vote.most)
    except CountError as refusal:
        return {FIELDS[refusal.identity]: str(WORDS[refusal.identity])}
    if valid + invalid != returned:
        return {"invalid": _("Valid and invalid must make the papers that came back.")}
    counts = [OptionCount(*(number or 0 for number in line)) for line in figures.lines]
    found = {}
    for option, count in zip(options, counts, strict=True):
        try:
            check_count(form, turnout, [count], most=len(options))
        except CountError as refusal:
            found[line_field("yes", option)] = str(WORDS[refusal.identity])
    if found:
        return found
    try:
        check_count(form, turnout, counts, most=vote.most)
    except CountError as refusal:
        return {"": str(WORDS[refusal.identity])}
    return {}


def enter_tally(tally: Tally, *, by: User) -> Tally:
    """Send the saved numbers to the second teller; they no longer change.

    Raises ``ValidationError`` by field for every number that is missing or does not add up.
    """
    with _counting(tally.vote, by), moving(tally, TallyStatus.ENTERED, by=by) as held:
        if held.entered_by_id != by.pk:
            raise PermissionDenied(_("Another teller types this count."))
        wrong = broken(held.vote, figures_of(held))
        if wrong:
            raise ValidationError({name or "__all__": words for name, words in wrong.items()})
    return held


def confirm_tally(tally: Tally, *, by: User) -> Vote:
    """Agree to a colleague's count: with the written votes it is the count of the vote.

    Raises ``IllegalMove`` when it was confirmed or rejected in the meantime.
    """
    with (
        holding(tally.vote.conference) as conference,
        moving(tally.vote, VoteStatus.COUNTED, by=by) as vote,
        moving(tally, TallyStatus.CONFIRMED, by=by) as held,
    ):
        vote.conference = conference
        held.vote = vote
        require(may.can_settle_tally(by, held))
        held.settled_by = by
        _store(vote, figures_of(held))
    return vote


def _store(vote: Vote, figures: Figures) -> None:
    """The count of the papers and the written votes together, as an electronic ballot has it.

    The committee does not part blank papers from other invalid ones: only written ones are known.
    """
    written = list(vote.written_votes.values_list("paper", flat=True))
    sheet = paper_of(vote, options_of(vote))
    added = papers.count(sheet, written, blank_is_valid=vote.blank_is_valid)
    issued, returned, valid, _invalid = (number or 0 for number in figures.totals)
    numbers = []
    for at, line in enumerate(figures.lines):
        yes, no, abstain = (number or 0 for number in line)
        if vote.form != PaperForm.APPROVE:
            no, abstain = 0, valid - yes  # a valid paper that left this option out
        numbers.append(
            OptionCount(yes + added.yes[at], no + added.no[at], abstain + added.abstain[at])
        )
    store_count(
        vote,
        numbers,
        issued=issued + len(written),
        returned=returned + added.returned,
        valid=valid + added.valid,
        blank=added.blank,
        written=len(written),
    )


def reject_tally(tally: Tally, *, reason: str, by: User) -> Tally:
    """Send a colleague's count back, saying why; it stays in the record."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is wrong with the count.")})
    with (
        holding(tally.vote.conference),
        holding(tally.vote) as vote,
        moving(tally, TallyStatus.REJECTED, by=by, note=reason.strip()) as held,
    ):
        require(may.can_settle_tally(by, held))
        if not vote.is_open:
            raise IllegalMove(_("The vote is not open."))
        held.settled_by = by
    return held


def attach_scan(tally: Tally, upload: UploadedFile, *, by: User) -> Tally:
    """Put the scanned papers beside a draft (PDF, JPG or PNG); a second scan takes its place."""
    checked = uploads.check(upload)
    if checked.content_type not in SCANS:
        raise ValidationError({"scan": _("Attach the scan as PDF, JPG or PNG.")})
    with _draft(tally, by) as held:
        if held.scan:
            transaction.on_commit(partial(held.scan.storage.delete, str(held.scan.name)))
        held.scan.save(checked.name, upload, save=False)
        held.scan_name, held.scan_type = checked.name, checked.content_type
        held.scan_sha256 = checked.sha256
        held.save(update_fields=["scan", "scan_name", "scan_type", "scan_sha256"])
        return held
