"""Papers sent in by the members. Nothing here tells, keeps or passes on what was marked.

No message, address, session entry or cache holds a choice; the one answer that may show it is the
form that comes back with an error to whoever sent it.
"""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from awards import transitions
from awards.ballots import options_of
from blocs.http import PortalRequest

from .ballot import seats_of, show_vote, vote_or_404, writers_of
from .refusals import attempt
from .unreported import unreported
from .votes import kept_vote


@unreported
@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_POST
def vote_cast(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    """Put one paper into the box. A second click finds it cast, and the page says so."""
    vote = vote_or_404(request, bloc, year, number)
    seats = seats_of(request, vote, options_of(vote))
    if not seats:
        raise PermissionDenied(_("You have no paper to cast in this vote."))
    sent = next((one for one in seats if one.form is not None and one.form.is_bound), None)
    if sent is None or sent.form is None:
        return redirect(vote)
    form, member = sent.form, sent.membership

    def put() -> None:
        with suppress(transitions.AlreadyVoted):  # the page says so, without the form
            transitions.cast_paper(vote, member, paper=form.paper, by=request.user)

    if attempt(form, put):
        return redirect(vote)
    return show_vote(request, vote, status=422, seats=seats)


@unreported
@sensitive_post_parameters()
@sensitive_variables()
@never_cache
@require_POST
def vote_write(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    """Take up what an absent member sent in writing."""
    vote = kept_vote(request, bloc, year, number)
    writers = writers_of(request, vote, options_of(vote))
    form = next((one for one in writers if one.is_bound), None)
    if form is None:
        messages.error(request, _("No written opinion of this member can be taken up now."))
        return redirect(vote)
    sent = form
    if not attempt(
        sent,
        lambda: transitions.record_written_vote(
            vote, sent.membership, paper=sent.paper, by=request.user
        ),
    ):
        return show_vote(request, vote, status=422, writers=writers)
    messages.success(request, _("The written opinion has been taken up."))
    return redirect(vote)
