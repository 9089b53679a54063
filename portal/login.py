"""The login wall, the login page, and what was typed when the session ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from blocs.models import User
from scoring import unsaved
from scoring.models import Sheet


class LoginForm(AuthenticationForm):
    """Name and password; and, signed, the rows that could not be saved without them."""

    typed = forms.CharField(required=False, max_length=2 * unsaved.MOST, widget=forms.HiddenInput)


class LoginWallMiddleware(LoginRequiredMiddleware):
    """Sends to the login page; the rows of a sheet that were just posted go along."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        turned_away = super().process_view(request, view_func, view_args, view_kwargs)
        match = request.resolver_match
        if turned_away is None or match is None or match.view_name != "scoring:group_save":
            return turned_away
        packed = unsaved.pack(request.POST, match.kwargs["pk"])
        if not packed:
            return turned_away
        way = [match.kwargs[name] for name in ("bloc", "year", "agency")]
        context = {
            "form": LoginForm(request, initial={"typed": packed}),
            "next": reverse("scoring:sheet_detail", args=way),
            "keeps_typed": True,
        }
        response = render(request, "registration/login.html", context)
        add_never_cache_headers(response)
        return response


class LoginView(views.LoginView):
    """After the login the page that was asked for; or the rows that were typed, to be saved."""

    form_class = LoginForm

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        onward = super().form_valid(form)
        packed = form.cleaned_data["typed"]
        user = form.get_user()
        if not packed or not isinstance(user, User):
            return onward
        rows = unsaved.unpack(packed, user)
        if rows is None:
            messages.warning(
                self.request,
                _("What was typed before is not yours, or too old: it has not been saved."),
            )
            return onward
        return self._offer(rows, user) or onward

    def _offer(self, rows: unsaved.TypedRows, user: User) -> HttpResponse | None:
        """The typed rows once more: nothing is written before the person says so."""
        sheet = Sheet.objects.visible_to(user).with_people().filter(pk=rows.sheet).first()
        if sheet is None:
            return None
        typed = unsaved.changed_forms(sheet, user, rows.data)
        context = {
            "sheet": sheet,
            "typed": typed,
            "fields": rows.fields,
            "url": f"{sheet.get_absolute_url()}groups/{rows.group}/",
            "ticket": unsaved.ticket_for(user, sheet),
        }
        return render(self.request, "registration/typed_rows.html", context) if typed else None
