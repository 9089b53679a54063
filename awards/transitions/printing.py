"""Printings in the background: asked for, made part by part by a worker, gone on with."""

from __future__ import annotations

import datetime
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from awards import permissions as may
from awards import tasks
from awards.documents import contents
from awards.documents.archive import manifest_of, sha256_of, write_archive
from awards.documents.binding import bind, first_pages
from awards.documents.dossier import LeftOut, Made, make, plan_of, references_of
from awards.documents.dossier_contents import contents_of, title_of
from awards.documents.engine import working_long
from awards.documents.examining import TOO_MUCH, OutOfBounds, bind_within_bounds
from awards.documents.facts import layout_of
from awards.documents.papers import PaperKey, print_paper, subject_of
from awards.documents.pdf import DocumentError, to_pdf
from awards.documents.pieces import Piece
from awards.jobs import may_be_lost
from awards.models import DocumentKind, JobKind, JobStatus, PdfVariant, PrintJob, PrintPart
from awards.models.job import printed_folder
from blocs.models import Review, User
from blocs.permissions import require
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, holding, moving

from .papers import issue, print_ahead, require_issuable


class _Superseded(Exception):
    """Another worker has taken the printing over, or it was cleared away."""


# --- asked for by people


def ask_dossier(review: Review, *, by: User) -> PrintJob:
    """Have the whole dossier made, as far as this person may read it."""
    require(may.can_print_dossier(by, review))
    return _ask(review, {"kind": JobKind.DOSSIER}, {}, by=by)


def ask_paper(
    review: Review,
    key: PaperKey,
    *,
    kind: JobKind,
    by: User,
    number: str = "",
    dated: datetime.date | None = None,
    variant: str = PdfVariant.ACCESSIBLE,
) -> PrintJob:
    """Have a long paper printed, or issued under this number and day, in the background."""
    subject = subject_of(review, key)
    if kind == JobKind.ISSUE and dated is not None:
        number = require_issuable(review, key, number=number, dated=dated, by=by)
    else:
        require(may.can_read_paper(by, review, key.kind, subject))
    what = {"kind": kind, "paper": key.kind, "about": key.about, "variant": variant}
    return _ask(review, what, {"number": number, "dated": dated}, by=by)


def _ask(review: Review, what: dict[str, Any], more: dict[str, Any], *, by: User) -> PrintJob:
    """Asking again while it is being made leads to the same printing.

    ``IllegalMove`` when the same paper is being issued under another number or day.
    """
    with holding(review) as held:
        waiting = PrintJob.objects.filter(review=held, asked_by=by, **what).filter(
            status__in=(JobStatus.QUEUED, JobStatus.RUNNING)
        )
        job = waiting.first()
        if job and job.agency_id != by.agency_id:
            with moving(job, JobStatus.FAILED, by=by) as left:
                left.problem = _("It was made for another agency: have it made anew.")
            job = None
        if job is None:
            now = timezone.now()
            job = PrintJob.objects.create(
                review=held, asked_by=by, agency=by.agency, asked_at=now, **what, **more
            )
            tasks.make_printing.enqueue(job.pk)
        elif job.dated and (job.number, job.dated) != (more["number"], more["dated"]):
            raise IllegalMove(
                _("This paper is being issued already, under number %(number)s of %(day)s.")
                % {"number": job.number, "day": date_format(job.dated, "d/m/Y")}
            )
        return job


def resume(job: PrintJob, *, by: User) -> PrintJob:
    """Go on with what failed, was broken off or never begun; the parts already made are kept."""
    with holding(job.review) as review, moving(job, JobStatus.QUEUED, by=by) as held:
        require(may.can_use_job(by, held, _subject(held)))
        now = timezone.now()
        if held.is_running and not may_be_lost(held, now):
            raise IllegalMove(_("This is still being made."))
        same = PrintJob.objects.filter(
            review=review, kind=held.kind, paper=held.paper, about=held.about,
            variant=held.variant, asked_by=held.asked_by_id,
            status__in=(JobStatus.QUEUED, JobStatus.RUNNING),
        )  # fmt: skip
        if same.exclude(pk=held.pk).exists():
            raise IllegalMove(_("The same is being made already."))
        held.problem, held.seen_at = "", now
        tasks.make_printing.enqueue(held.pk)
    return held


def _key(job: PrintJob) -> PaperKey:
    return PaperKey(DocumentKind(job.paper), job.about)


def _subject(job: PrintJob) -> may.Subject:
    return job.review if job.kind == JobKind.DOSSIER else subject_of(job.review, _key(job))


# --- made by the worker


def run(job: PrintJob) -> None:
    """Make what is missing, each part in a short transaction of its own; mark it done or failed.

    Does nothing with a printing that another worker has, or that is done.
    """
    try:
        with moving(job, JobStatus.RUNNING, by=job.asked_by) as held:
            held.seen_at = timezone.now()
    except IllegalMove:
        return
    turn = _last_move(held)
    try:
        with working_long(), translation.override("vi"):
            require(may.can_use_job(held.asked_by, held, _subject(held)))
            WORK[JobKind(held.kind)](held, turn)
    except _Superseded:
        return
    except Exception as trouble:
        reason, is_told = _reason(trouble)
        with suppress(_Superseded), _moving(held, JobStatus.FAILED, turn, note=reason) as failed:
            failed.problem = reason
        if not is_told:
            raise  # into the worker's log


def _reason(trouble: Exception) -> tuple[str, bool]:
    """What went wrong in words, and whether nobody need look into the log."""
    if isinstance(trouble, ValidationError):
        return " ".join(trouble.messages), True
    if isinstance(trouble, (DocumentError, NotReady, PermissionDenied, LookupError)):
        return str(trouble), True
    if isinstance(trouble, OSError):
        return _("A file could not be read or written: %(why)s") % {"why": trouble.strerror}, False
    return _("The portal made a mistake; its administrator finds it in the log."), False


def _last_move(job: PrintJob) -> int | None:
    """The move that began a worker's turn: a later one ends it."""
    return job.changes.order_by("-pk").values_list("pk", flat=True).first()


@contextmanager
def _alive(job: PrintJob, turn: int | None) -> Iterator[PrintJob]:
    """Hold the printing while it is still this worker's, and leave a sign of life."""
    try:
        with holding(job) as held:
            if _last_move(held) != turn:
                raise _Superseded
            yield held
            held.seen_at = timezone.now()
            held.save(update_fields=["seen_at"])
    except PrintJob.DoesNotExist as gone:
        raise _Superseded from gone


@contextmanager
def _moving(
    job: PrintJob, to: JobStatus, turn: int | None, *, note: str = ""
) -> Iterator[PrintJob]:
    try:
        with moving(job, to, by=job.asked_by, note=note) as held:
            if _last_move(held) != turn:
                raise _Superseded
            yield held
    except (PrintJob.DoesNotExist, IllegalMove) as gone:
        raise _Superseded from gone


def _draft(job: PrintJob, turn: int | None) -> None:
    content = print_paper(job.review, _key(job), variant=job.variant)
    job.pdf.save(f"{_key(job)}.pdf", ContentFile(content), save=False)
    with _moving(job, JobStatus.DONE, turn) as held:
        held.pdf = job.pdf.name
        held.pdf_sha256 = hashlib.sha256(content).hexdigest()


def _issue(job: PrintJob, turn: int | None) -> None:
    """Issue and mark it done in one: a worker killed in between must not issue twice."""
    if job.dated is None:
        raise ValueError(f"{job} is an issue without a day")
    key = _key(job)
    what: dict[str, Any] = {"number": job.number, "dated": job.dated, "variant": job.variant}
    printed = print_ahead(job.review, key, **what)
    with holding(job.review), _moving(job, JobStatus.DONE, turn):
        issue(job.review, key, **what, by=job.asked_by, printed=printed)


def _dossier(job: PrintJob, turn: int | None) -> None:
    with _alive(job, turn) as held:
        if not held.parts.exists():
            _plan(held)
    for part in job.parts.filter(made_at=None):
        _make_part(job, part, turn)
    _bind(job, turn)


WORK = {JobKind.DRAFT: _draft, JobKind.ISSUE: _issue, JobKind.DOSSIER: _dossier}


def _plan(job: PrintJob) -> None:
    """What the dossier holds is settled once; a part that cannot be made says so from the start."""
    now = timezone.now()
    PrintPart.objects.bulk_create(
        PrintPart(
            job=job,
            position=at,
            title=one.title[:300],
            folder=one.folder,
            file_name=one.file_name,
            source=one.source,
            problem=one.problem[:500],
            made_at=now if one.problem or one.source.startswith("link:") else None,
        )
        for at, one in enumerate(plan_of(job.review, job.asked_by), 1)
    )


def _make_part(job: PrintJob, part: PrintPart, turn: int | None) -> None:
    """Make one part outside any transaction, then keep it in a short one."""
    with tempfile.TemporaryFile() as copy:
        try:
            made = make(part, job.review, cast(BinaryIO, copy))
        except LeftOut as reason:
            made = Made("", 0, str(reason))
        else:
            copy.seek(0)
            part.file.save(part.file_name, File(cast(Any, copy)), save=False)
    try:
        with _alive(job, turn):
            part.sha256, part.pages, part.problem = made.sha256, made.pages, made.problem[:500]
            part.made_at = timezone.now()
            part.save()
    except _Superseded:
        part.file.delete(save=False)
        raise


def _pieces(job: PrintJob) -> list[Piece]:
    parts = list(job.parts.all())
    references = references_of([part.source for part in parts])

    def piece(part: PrintPart) -> Piece:
        has_bytes = bool(part.file)
        return Piece(
            position=part.position,
            title=part.title,
            folder=part.folder,
            file_name=part.file_name,
            source=part.source,
            reference=references.get(part.source, ""),
            sha256=part.sha256,
            size=part.file.size if has_bytes else 0,
            pages=part.pages,
            problem=part.problem,
            open=(lambda: cast(BinaryIO, part.file.storage.open(str(part.file.name))))
            if has_bytes
            else None,
        )

    return [piece(part) for part in parts]


def _bind(job: PrintJob, turn: int | None) -> None:
    """Bind the parts into one volume and pack them into one archive; then their files may go."""
    pieces, title = _pieces(job), title_of(job.review)
    with tempfile.TemporaryDirectory() as directory:
        volume, archive = Path(directory) / "volume.pdf", Path(directory) / "archive.zip"
        try:
            firsts, pages = bind_within_bounds(pieces, _front(job, pieces), volume, title=title)
        except OutOfBounds:
            pieces = [_left_out(piece) for piece in pieces]
            firsts, pages = bind(pieces, _front(job, pieces), volume, title=title)
        with volume.open("rb") as file:
            pdf_sha256 = sha256_of(file)
            file.seek(0)
            job.pdf.save("volume.pdf", File(file), save=False)
        with _alive(job, turn):
            pass
        about_volume = {"sha256": pdf_sha256, "pages": pages}
        write_archive(archive, pieces, manifest_of(title, pieces, firsts, about_volume))
        with archive.open("rb") as file:
            archive_sha256 = sha256_of(file)
            file.seek(0)
            job.archive.save("dossier.zip", File(file), save=False)
    with _moving(job, JobStatus.DONE, turn) as held:
        held.pdf, held.pdf_sha256, held.pages = job.pdf.name, pdf_sha256, pages
        held.archive, held.archive_sha256 = job.archive.name, archive_sha256
    _drop_part_files(job)


def _front(job: PrintJob, pieces: list[Piece]) -> bytes:
    document = contents_of(job.review, pieces, first_pages(pieces))
    return to_pdf(contents.TEMPLATE, document, layout=layout_of(job.review))


def _left_out(piece: Piece) -> Piece:
    """What was uploaded stays out of a volume that cannot be bound with it."""
    if not piece.is_bound or not piece.is_uploaded:
        return piece
    return replace(piece, pages=0, problem=TOO_MUCH)


def _drop_part_files(job: PrintJob) -> None:
    for part in job.parts.exclude(file=""):
        part.file.delete(save=True)


def clear_printings(before: datetime.datetime) -> int:
    """Remove printings asked for before then with their files; returns how many.

    What is still being made stays, unless nobody is at it any more. Issued papers are kept
    elsewhere.
    """
    now = timezone.now()
    cleared = 0
    for job in PrintJob.objects.filter(asked_at__lt=before):
        if job.is_running and not may_be_lost(job, now):
            continue
        folder, storage = printed_folder(job), job.pdf.storage
        job.delete()
        # By their folder: a killed worker may have left a file that no row names.
        with suppress(FileNotFoundError):
            for name in storage.listdir(folder)[1]:
                storage.delete(f"{folder}/{name}")
            storage.delete(folder)
        cleared += 1
    return cleared
