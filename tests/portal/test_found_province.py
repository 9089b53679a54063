"""A real installation begins with a province, its board's office and one account."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from awards.models import Award
from blocs.models import Province, User

pytestmark = pytest.mark.django_db

COMMAND = "portal.management.commands.found_province"
ARGUMENTS = ("found_province", "tra-vinh", "tỉnh Trà Vinh")
OPTIONS = {"place": "Trà Vinh", "board": "Ban Thi đua - Khen thưởng tỉnh", "username": " board "}


def found(monkeypatch, password: str) -> None:
    monkeypatch.setattr(f"{COMMAND}.getpass", lambda _prompt: password)
    call_command(*ARGUMENTS, **OPTIONS)


def test_the_first_account_is_the_boards_and_can_sign_in(client, monkeypatch):
    found(monkeypatch, "mat-khau-dai-du-dung")
    user = User.objects.get(username="board")
    assert user.on_board
    assert Award.objects.count() == 2
    credentials = {"username": "board", "password": "mat-khau-dai-du-dung"}
    assert client.post(reverse("login"), credentials).status_code == 302


def test_a_weak_password_founds_nothing(monkeypatch):
    with pytest.raises(CommandError):
        found(monkeypatch, "12345")
    assert not Province.objects.exists()
    assert not User.objects.exists()


def test_a_province_is_founded_once(monkeypatch):
    found(monkeypatch, "mat-khau-dai-du-dung")
    with pytest.raises(CommandError, match="exists already"):
        found(monkeypatch, "mat-khau-dai-du-dung")
