"""The votes of a conference: prepared, opened, counted, announced, broken off."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions as may
from awards import sealing, transitions
from awards.ballots import options_of, outcome_of, votes_in
from awards.candidacy import candidacies_of
from awards.forms.results import AnnulForm, CancelForm, CountForm
from awards.forms.votes import Ground, QuestionForm, Subject, SubjectForm, subjects_of
from awards.models import Conference, Vote, VoteRule
from blocs.http import PortalRequest
from blocs.models import Office
from blocs.permissions import leads, require, serves_leader

from .ballot import announce_form, show_vote, vote_or_404
from .lookup import seen_conference
from .record import read_record
from .refusals import attempt, attempt_or_tell


@require_safe
def vote_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = seen_conference(request, bloc, year)
    context = {
        "review": conference.review,
        "conference": conference,
        "votes": list(votes_in(conference)),
        "may_prepare": may.can_hold_votes(request.user, conference),
        "keeps": serves_leader(request.user, conference.review),
    }
    return render(request, "awards/vote_list.html", context)


@require_safe
@never_cache
def vote_detail(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    """The page; asked for in the background, only how many have voted."""
    vote = vote_or_404(request, bloc, year, number)
    if request.htmx:
        return render(request, "awards/votes/_turnout.html", {"vote": vote})
    return show_vote(request, vote)


# --- the question


def ground_of(conference: Conference) -> Ground:
    record = read_record(conference.review)
    return Ground(
        review=conference.review,
        members=record.members,
        rows=record.rows,
        award_rules=record.rules,
        rules=list(VoteRule.objects.offered_to(conference.review.bloc)),
        # What is voted on again does not stand in its own way.
        resolutions=() if conference.is_closed else record.resolutions,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def vote_prepare(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """Asks what the question is about first: that decides who may stand."""
    conference = seen_conference(request, bloc, year)
    if not serves_leader(request.user, conference.review):
        require(may.can_hold_votes(request.user, conference))
    ground = ground_of(conference)
    choice = SubjectForm(request.GET or None, subjects=subjects_of(ground.award_rules))
    if choice.chosen is None:
        context = {"review": conference.review, "choice": choice}
        return render(
            request,
            "awards/vote_subject.html",
            context,
            status=422 if choice.errors or request.method == "POST" else 200,
        )
    return write_question(request, conference, choice.chosen, ground)


@require_http_methods(["GET", "HEAD", "POST"])
def vote_edit(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = vote_or_404(request, bloc, year, number)
    conference = vote.conference
    if not serves_leader(request.user, conference.review):
        require(may.can_prepare_vote(request.user, vote))
    if request.method != "POST" and not may.can_prepare_vote(request.user, vote):
        messages.error(request, may.can_prepare_vote(request.user, vote).reason)
        return redirect(vote)
    subject = Subject(vote.kind, vote.award, vote.office)
    return write_question(request, conference, subject, ground_of(conference), vote)


def write_question(
    request: PortalRequest,
    conference: Conference,
    subject: Subject,
    ground: Ground,
    vote: Vote | None = None,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = QuestionForm(data, subject=subject, ground=ground, vote=vote)
    written: list[Vote] = []
    if data is not None and attempt(
        form,
        lambda: written.append(
            transitions.prepare_vote(conference, form.question, vote=vote, by=request.user)
        ),
    ):
        messages.success(request, _("The question has been saved. It is not open yet."))
        return redirect(written[0])
    context = {
        "review": conference.review,
        "form": form,
        "subject": subject,
        "vote": vote,
        "candidacies": candidacies_of(conference.review, offices=[Office(subject.office)])
        if subject.office
        else (),
    }
    status = 422 if form.is_bound else 200
    return render(request, "awards/vote_form.html", context, status=status)


# --- the chair's deeds


def chaired_vote(request: PortalRequest, bloc: str, year: int, number: int) -> Vote:
    """The vote, for the chair; anybody else gets 403. The moment is asked with the deed."""
    vote = vote_or_404(request, bloc, year, number)
    if not leads(request.user, vote.conference.review):
        require(may.can_chair_votes(request.user, vote.conference))
    return vote


def kept_vote(request: PortalRequest, bloc: str, year: int, number: int) -> Vote:
    """The vote, for the secretariat; anybody else gets 403."""
    vote = vote_or_404(request, bloc, year, number)
    if not serves_leader(request.user, vote.conference.review):
        require(may.can_hold_votes(request.user, vote.conference))
    return vote


@require_POST
def vote_open(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = chaired_vote(request, bloc, year, number)
    if attempt_or_tell(request, lambda: transitions.open_vote(vote, by=request.user)):
        messages.success(request, _("Voting is open. The question and its rule stand."))
    return redirect(vote)


@require_POST
def vote_close(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = chaired_vote(request, bloc, year, number)
    if attempt_or_tell(request, lambda: transitions.close_ballot(vote, by=request.user)):
        sealing.sweep()  # outside the closing's transaction, which it must not undo
        messages.success(request, _("Voting is closed and counted; the result can be announced."))
    return redirect(vote)


@require_POST
def vote_count(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = kept_vote(request, bloc, year, number)
    form = CountForm(request.POST, vote=vote, options=options_of(vote))
    if not attempt(form, lambda: transitions.count_hands(vote, form.counts, by=request.user)):
        return show_vote(request, vote, status=422, count=form)
    messages.success(request, _("The count has been saved; the chair announces it."))
    return redirect(vote)


@require_POST
def vote_announce(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = chaired_vote(request, bloc, year, number)
    options = options_of(vote)
    form = announce_form(vote, options, outcome_of(vote, options), request.POST)
    if not attempt(
        form,
        lambda: transitions.announce_vote(vote, **form.announcement, by=request.user),
    ):
        return show_vote(request, vote, status=422, announce=form)
    messages.success(request, _("The result has been announced."))
    return redirect(vote)


@require_POST
def vote_cancel(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = kept_vote(request, bloc, year, number)
    if not vote.is_draft:
        vote = chaired_vote(request, bloc, year, number)
    form = CancelForm(request.POST)
    if not attempt(
        form, lambda: transitions.cancel_vote(vote, **form.cleaned_data, by=request.user)
    ):
        return show_vote(request, vote, status=422, cancel=form)
    sealing.sweep()
    messages.success(request, _("The vote is cancelled. Nothing of it has been counted."))
    return redirect(vote)


@require_POST
def vote_annul(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = chaired_vote(request, bloc, year, number)
    form = AnnulForm(request.POST)
    if not attempt(
        form, lambda: transitions.annul_vote(vote, **form.cleaned_data, by=request.user)
    ):
        return show_vote(request, vote, status=422, annul=form)
    messages.success(request, _("The vote is annulled; what it decided is decided no longer."))
    return redirect(vote)


# --- what follows


@require_POST
def vote_next_round(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = kept_vote(request, bloc, year, number)
    done = _("The next round has been prepared; it is not open yet.")
    return _follow(request, vote, transitions.begin_next_round, done)


@require_POST
def vote_on_paper(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = kept_vote(request, bloc, year, number)
    done = _("The question is prepared on printed papers; it is not open yet.")
    return _follow(request, vote, transitions.repeat_on_paper, done)


def _follow(
    request: PortalRequest, vote: Vote, deed: Callable[..., Vote], done: str
) -> HttpResponse:
    """Prepare the vote that takes this one up, and go to it."""
    followers: list[Vote] = []
    if not attempt_or_tell(request, lambda: followers.append(deed(vote, by=request.user))):
        return redirect(vote)
    messages.success(request, done)
    return redirect(followers[0])
