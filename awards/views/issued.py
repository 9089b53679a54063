"""What was issued: the bytes themselves, their withdrawal, and the signed copies beside them."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.documents.papers import PaperKey
from awards.forms.documents import CopyForm, WithdrawForm
from awards.models import IssuedDocument, SignedCopy
from awards.permissions import Subject
from blocs.http import PortalRequest, stored_file
from blocs.models import Review
from blocs.permissions import require

from .documents import file_name, pdf, subject_or_404
from .paper_page import Refused, show_paper
from .refusals import attempt


def issued_or_404(request: PortalRequest, **which: object) -> tuple[IssuedDocument, Subject]:
    """An issued paper and what it states, for those who may read it; members without right 403."""
    visible = Review.objects.visible_to(request.user)
    rows = IssuedDocument.objects.filter(review__in=visible)
    document = get_object_or_404(rows.select_related("review__bloc__province"), **which)
    key = PaperKey.of(document)
    subject = subject_or_404(document.review, key)
    require(may.can_read_paper(request.user, document.review, key.kind, subject))
    return document, subject


def back_to(document: IssuedDocument) -> HttpResponseRedirect:
    args = [*document.review.url_args, PaperKey.of(document)]
    page = reverse("awards:document_detail", args=args, fragment=f"version-{document.version}")
    return HttpResponseRedirect(page)


@require_safe
def document_issued(request: PortalRequest, pk: int) -> HttpResponse:
    document, _subject = issued_or_404(request, pk=pk)
    name = file_name(document.review, PaperKey.of(document), f"v{document.version}")
    return pdf(bytes(document.content), name, attached=True)


@require_POST
def document_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    document, subject = issued_or_404(request, pk=pk)
    review = document.review
    if not may.signs(request.user, review, document.kind, subject):
        require(may.can_withdraw(request.user, document, subject))
    form = WithdrawForm(request.POST, prefix=f"withdraw-{pk}")
    if not attempt(
        form, lambda: transitions.withdraw(document, **form.cleaned_data, by=request.user)
    ):
        refused = Refused(pk, withdraw=form)
        return show_paper(request, review, PaperKey.of(document), subject, refused)
    messages.success(request, _("The paper has been withdrawn; its bytes and the reason are kept."))
    return back_to(document)


@require_POST
def copy_attach(request: PortalRequest, pk: int) -> HttpResponse:
    document, subject = issued_or_404(request, pk=pk)
    review = document.review
    if not may.keeps_copies(request.user, review, document.kind, subject):
        require(may.can_attach_copy(request.user, document, subject))
    form = CopyForm(request.POST, request.FILES, prefix=f"copy-{pk}")
    if not attempt(
        form,
        lambda: transitions.attach_copy(document, form.cleaned_data["file"], by=request.user),
    ):
        refused = Refused(pk, copy=form)
        return show_paper(request, review, PaperKey.of(document), subject, refused)
    messages.success(request, _("The signed copy is kept beside the issued paper."))
    return back_to(document)


@require_safe
def copy_download(request: PortalRequest, pk: int) -> FileResponse:
    """Always as an attachment: nothing that was uploaded is ever shown as a page."""
    visible = Review.objects.visible_to(request.user)
    copy = get_object_or_404(SignedCopy.objects.filter(document__review__in=visible), pk=pk)
    issued_or_404(request, pk=copy.document_id)
    return stored_file(copy.file, name=copy.name, content_type=copy.content_type)
