"""``manage.py papers``: all papers of a review as PDF and Word files, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from awards.documents.papers import PAPERS, PaperKey, keys_of, print_paper, word_copy
from awards.documents.pdf import DocumentError
from awards.models import DocumentStatus, IssuedDocument
from blocs.models import Review
from blocs.readiness import NotReady


class Command(BaseCommand):
    help = (
        "Write the papers of a review: those issued byte for byte, the others as drafts; and "
        "those that offices finish in Word as a draft for it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bloc", help="code of the bloc, such as khoi-7")
        parser.add_argument("year", type=int, help="year under review")
        parser.add_argument("--out", type=Path, default=Path("out"), help="directory to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        review = Review.objects.filter(bloc__slug=options["bloc"], year=options["year"]).first()
        if review is None:
            raise CommandError(f"There is no review {options['bloc']} {options['year']}.")
        options["out"].mkdir(parents=True, exist_ok=True)
        for key in keys_of(review):
            try:
                self.write(review, key, options["out"] / f"{key}.pdf")
                if PAPERS[key.kind].word:
                    (options["out"] / f"{key}.docx").write_bytes(word_copy(review, key))
            except (NotReady, DocumentError) as reason:
                self.stdout.write(f"{key}: not printed. {reason}")

    def write(self, review: Review, key: PaperKey, path: Path) -> None:
        issued = IssuedDocument.objects.filter(
            review=review, kind=key.kind, about=key.about, status=DocumentStatus.ISSUED
        ).first()
        content = bytes(issued.content) if issued else print_paper(review, key)
        path.write_bytes(content)
        state = f"issued, version {issued.version}" if issued else "draft"
        self.stdout.write(f"{path} ({state}, {len(content)} bytes)")
