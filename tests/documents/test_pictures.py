"""The pictures of the papers' first pages in the documentation: SCREENSHOTS=1 takes them anew."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pypdfium2
import pytest
from django.db import transaction
from django.test import override_settings
from PIL import Image

from awards.documents.papers import PAPERS, PaperKey, Scope, facts_of, keys_of
from awards.documents.pdf import to_pdf
from awards.models import DocumentKind
from blocs.models import Review
from portal.demo import world
from scoring.models import Score
from tests.documents.papers_to_read import PAPERS_TO_READ

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "papers"
SCALE = 1.0  # 72 pixels an inch: a line of text can just be read
takes_pictures = pytest.mark.skipif(
    os.environ.get("SCREENSHOTS") != "1", reason="SCREENSHOTS=1 takes the pictures anew"
)


@pytest.fixture(scope="module")
def decided(django_db_setup, django_db_blocker, tmp_path_factory):
    """The default demo, built once for this module and rolled back after it."""
    with (
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        world.build("decided")
        yield Review.objects.get(bloc__slug="khoi-7", year=2022)
        transaction.set_rollback(True)


def document_of(review, kind):
    """The demo's own paper of this kind; of a vote, which its review had none of, an invented."""
    keys = [key for key in keys_of(review) if key.kind == kind]
    if PAPERS[kind].scope is Scope.SCORE:
        changed = Score.objects.filter(sheet__membership__review=review, changes__isnull=False)
        keys = [PaperKey(DocumentKind(kind), str(changed.order_by("-changes__pk")[0].pk))]
    if not keys:
        return next(one.build(5) for one in PAPERS_TO_READ if one.name == kind)
    return facts_of(review, keys[0], number="01", dated=datetime.date(2023, 2, 27))


@takes_pictures
@pytest.mark.django_db
@pytest.mark.parametrize("kind", PAPERS)
def test_the_first_page_of_each_paper_is_pictured(decided, kind):
    content = to_pdf(PAPERS[kind].template, document_of(decided, kind))
    page = pypdfium2.PdfDocument(content)[0].render(scale=SCALE).to_pil()
    FOLDER.mkdir(exist_ok=True)
    # Sixteen greys: the file stays small enough to keep in the repository.
    page.convert("L").quantize(16).save(FOLDER / f"{kind}.png", optimize=True)


@pytest.mark.parametrize("kind", PAPERS)
def test_the_documentation_shows_each_paper(kind):
    assert f"papers/{kind}.png" in (DOCS / "papers.md").read_text(encoding="utf-8")
    with Image.open(FOLDER / f"{kind}.png") as picture:
        assert sorted(picture.size) in ([595, 842], [596, 842])
