"""All addresses of the portal. Fixed words come first, then /<bloc>/<year>/."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from portal import views
from portal.login import LoginView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", login_not_required(set_language), name="set_language"),
    # /accounts/
    path("accounts/login/", LoginView.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password/", auth.PasswordChangeView.as_view(), name="password_change"),
    path(
        "accounts/password/done/",
        auth.PasswordChangeDoneView.as_view(),
        name="password_change_done",
    ),
    path("", include("blocs.urls")),
    path("", include("scoring.urls")),
    path("", include("awards.urls")),
    # /<bloc>/<year>/
    path("<slug:bloc>/<int:year>/", views.review_detail, name="review_detail"),
]
