"""Nothing that a running server writes down tells what was marked, not even when casting fails."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from email import message_from_bytes
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.awards.polls import Poll
from tests.awards.stores import ROOT, Store

pytestmark = pytest.mark.django_db(transaction=True)

FAILURE = "the box cannot be written"
POSTGRES_TRIGGER = f"""
CREATE FUNCTION fail_to_cast() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{FAILURE}'; END; $$ LANGUAGE plpgsql;
CREATE TRIGGER fail_to_cast BEFORE UPDATE ON awards_ballotbox
FOR EACH ROW EXECUTE FUNCTION fail_to_cast()
"""
SQLITE_TRIGGER = f"""
CREATE TRIGGER fail_to_cast BEFORE UPDATE ON awards_ballotbox
BEGIN SELECT RAISE(ABORT, '{FAILURE}'); END
"""


class Server:
    """Gunicorn as in production, at its most talkative, and all that it writes."""

    def __init__(self, store, directory):
        self.store, self.logs, self.mail = store, directory / "logs", directory / "mail"
        self.logs.mkdir()
        self.mail.mkdir()
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    @contextmanager
    def running(self):
        env = self.store.environment(
            DJANGO_SETTINGS_MODULE="tests.awards.served_settings",
            EMAIL_FILE_PATH=str(self.mail),
            LOG_LEVEL="DEBUG",
            SECRET_KEY=settings.SECRET_KEY,  # the sessions were begun with it
        )
        words = ["--workers", "2", "--log-level", "debug", "--capture-output"]
        words += ["--access-logfile", self.logs / "access", "--error-logfile", self.logs / "error"]
        with (self.logs / "output").open("w") as output:
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "gunicorn", "portal.wsgi"]
                + [*map(str, words), "--bind", f"127.0.0.1:{self.port}"],
                cwd=ROOT,
                env=env,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                self._wait()
                yield self
            finally:
                process.terminate()
                process.wait(timeout=30)

    def _wait(self):
        for _attempt in range(600):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError((self.logs / "error").read_text())

    def ask(self, method, path, session, fields=None, token=""):
        """Status, body and headers of one request, as through the proxy of production."""
        origin = f"https://127.0.0.1:{self.port}"
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={token}"
        headers = {"X-Forwarded-Proto": "https", "Origin": origin, "Cookie": cookies}
        headers["Accept-Language"] = "en"
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(fields) if fields else None
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as there:
            there.request(method, path, body, headers)
            answer = there.getresponse()
            return answer.status, answer.read().decode(), answer.headers

    def cast(self, vote_url, session, paper):
        """Fill in the paper that the page shows, and send it."""
        _status, page, headers = self.ask("GET", vote_url, session)
        token = re.search(r"csrftoken=(\w+)", headers["Set-Cookie"])[1]
        names = list(dict.fromkeys(re.findall(r'name="(paper-\d+-option-\d+)"', page)))
        posted = re.search(r'name="(paper-\d+-posted)"', page)[1]
        masked = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        fields = {"csrfmiddlewaretoken": masked, posted: "1"}
        fields |= dict(zip(names, paper, strict=True))
        return self.ask("POST", f"{vote_url}cast/", session, fields, token)

    def written(self):
        """Everything on disk but the database: by file name, what it says."""
        logs = {
            file.name: file.read_text(encoding="utf-8", errors="replace")
            for file in self.logs.iterdir()
        }
        return logs | self.reports()

    def reports(self):
        """E-mails by file name, their text and their page decoded."""
        found = {}
        for file in self.mail.iterdir():
            parts = message_from_bytes(file.read_bytes()).walk()
            texts = [part.get_payload(decode=True) or b"" for part in parts]
            found[file.name] = file.read_text(encoding="utf-8") + b"".join(texts).decode()
        return found

    def told(self, papers):
        """What stands anywhere that only a paper, or the form it came in, could have brought."""
        words = [*papers, "csrfmiddlewaretoken=", "option-"]
        return [
            (name, word) for name, text in self.written().items() for word in words if word in text
        ]


def test_no_log_and_no_report_tells_a_paper(tmp_path):
    poll = Poll(members=15).attend()
    vote, second = (poll.open_vote(*poll.names[:6], kind="other") for _twice in range(2))
    sessions = {}
    for name in poll.names:
        browser = Client()
        browser.force_login(poll.head(name))
        sessions[name] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    # Six marks each: no two alike, and none a word that a log holds anyway.
    papers = [format(n, "04b").replace("0", "n").replace("1", "y") + "yn" for n in range(15)]
    store = Store(tmp_path)
    with Server(store, tmp_path).running() as server:
        for name, paper in zip(poll.names, papers, strict=True):
            status, _body, headers = server.cast(vote.get_absolute_url(), sessions[name], paper)
            assert (status, headers["Location"]) == (302, vote.get_absolute_url())
        assert store.papers()[vote.pk] == sorted(papers)
        assert "/cast/" in server.written()["access"]
        assert not server.told(papers)

        fail_to_cast(store)
        status, body, _headers = server.cast(second.get_absolute_url(), sessions["a3"], "ynnyny")
        assert status == 500
        assert "ynnyny" not in body
    reports = server.reports().values()
    assert any("<html" in report for report in reports), "the whole report, too"
    for report in reports:
        assert FAILURE in report
        assert "admin@example.vn" in report
        assert "/cast/" in report
    assert not server.told([*papers, "ynnyny"])


def fail_to_cast(store):
    if store.file:
        store.query(SQLITE_TRIGGER)
    else:
        with connection.cursor() as cursor:
            cursor.execute(POSTGRES_TRIGGER)


@pytest.fixture(autouse=True)
def casting_works_again():
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION IF EXISTS fail_to_cast CASCADE")
