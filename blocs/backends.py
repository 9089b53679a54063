"""Signing in: the account comes with its agency, so that no rights question costs a query more."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from blocs.models import User


class AgencyBackend(ModelBackend):
    """Django's own check of name and password."""

    def get_user(self, user_id: int) -> User | None:
        user = (
            User.objects.select_related("agency__province")
            .prefetch_related("agency__names")
            .filter(pk=user_id)
            .first()
        )
        return user if user is not None and self.user_can_authenticate(user) else None
