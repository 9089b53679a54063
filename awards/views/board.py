from __future__ import annotations

from django.http import Http404, HttpResponse

from blocs.http import PortalRequest


def board(request: PortalRequest, **_kwargs: object) -> HttpResponse:
    raise Http404


def dossier_detail(request: PortalRequest, **_kwargs: object) -> HttpResponse:
    raise Http404


def dossier_receive(request: PortalRequest, **_kwargs: object) -> HttpResponse:
    raise Http404


def dossier_return(request: PortalRequest, **_kwargs: object) -> HttpResponse:
    raise Http404


def proposal_decide(request: PortalRequest, **_kwargs: object) -> HttpResponse:
    raise Http404
