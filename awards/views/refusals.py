"""What becomes of a deed that is refused: words at the form, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError

from awards.documents.pdf import DocumentError
from awards.forms.fields import add_refusal
from blocs.http import PortalRequest
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, Stale
from scoring.kernel.errors import KernelError
from scoring.messages import translated

# The views let in only whoever may do the deed at some moment, so that a denial is about the
# moment: the words belong to the form, not to a page that loses what was typed.
REFUSALS = (
    PermissionDenied,
    IllegalMove,
    Stale,
    NotReady,
    DocumentError,
    ValidationError,
    KernelError,
)


class Checked(Protocol):
    """A form, or a list of forms."""

    def is_valid(self) -> bool: ...


def attempt(form: Checked, deed: Callable[[], object]) -> bool:
    """Do it with a valid form, or write on the form why not; whether it was done."""
    if not form.is_valid():
        return False
    try:
        deed()
    except REFUSALS as refusal:
        add_refusal(form, refusal)
        return False
    return True


def attempt_or_tell(request: PortalRequest, deed: Callable[[], object]) -> bool:
    """Do what needs no form, or tell on the next page why not; whether it was done."""
    try:
        deed()
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
        return False
    return True


def words_of(refusal: Exception) -> str:
    if isinstance(refusal, KernelError):
        return translated(refusal)
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal)
