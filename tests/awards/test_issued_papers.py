"""What happens to a paper once issued: numbered, withdrawn, signed, asked after by its code."""

import datetime
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from awards import permissions as may
from awards import transitions as awards
from awards.documents import evidence_list
from awards.documents.mark import draft_mark
from awards.documents.papers import PAPERS, Paper, PaperKey, Scope, facts_of
from awards.issuing import OF_THE_TABLE
from awards.models import CopyKind, DocumentKind, IssuedDocument, SignedCopy
from blocs import transitions as blocs
from blocs.models import Bloc, Phase, Review
from blocs.workflow import IllegalMove
from scoring.models import Summary, SummaryStatus
from tests.awards.meetings import Meeting
from tests.awards.polls import Poll
from tests.awards.signing import Signer, with_page_changed
from tests.forms import signed_in
from tests.worlds import make_agency, make_province, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


DAY = datetime.date(2025, 2, 21)
SCAN = b"%PDF-1.7 scanned"
ACHIEVEMENT_OF_A1 = PaperKey(DocumentKind.ACHIEVEMENT, "a1")


def issue(world, kind=DocumentKind.REPORT, number="05", dated=DAY, about=""):
    return awards.issue(
        world.review, PaperKey(kind, about), number=number, dated=dated, by=world.leader
    )


def upload(content=SCAN, name="ký.pdf"):
    return SimpleUploadedFile(name, content)


def paper_page(world, kind="report"):
    return reverse("awards:document_detail", args=[*world.review.url_args, kind])


def text_of(answer):
    return " ".join(answer.content.decode().split())


def build_world():
    return Meeting().close()


# --- numbers


@pytest.mark.parametrize(
    ("first", "again"), [("05", "5"), ("5", "005"), ("12A", "12a"), ("7b", "07B")]
)
def test_one_number_of_the_register_is_given_once_however_it_is_written(world, first, again):
    issue(world, number=first)
    with pytest.raises(ValidationError) as refusal:
        issue(world, number=again)
    assert list(refusal.value.error_dict) == ["number"]


def test_another_series_or_another_year_may_have_the_number(world):
    assert issue(world, number="005").number == "05"
    assert issue(world, DocumentKind.MINUTES, "5").number == "05"
    assert issue(world, number="5", dated=datetime.date(2026, 1, 5)).version == 2


def test_the_form_names_the_symbol_that_the_paper_gets_today(world):
    blocs.rename_agency(
        world.agencies["a1"], full="Sở Mới", short="Sở Mới", abbreviation="SM",
        valid_from=datetime.date(2025, 7, 1), by=world.board,
    )  # fmt: skip
    page = reverse("awards:document_issue", args=[*world.review.url_args, "achievement-a1"])
    assert "/BC-SM." in signed_in(world.head("a1")).get(page).content.decode()
    paper = issue(world, DocumentKind.ACHIEVEMENT, about="a1", dated=datetime.date(2025, 8, 1))
    assert paper.series == "BC-SM"


@pytest.mark.parametrize("typed", ["", "0", "00", "5/BC", "-5", "năm", "1234567"])
def test_what_is_no_number_is_refused(world, typed):
    with pytest.raises(ValidationError) as refusal:
        issue(world, number=typed)
    assert list(refusal.value.error_dict) == ["number"]


def test_another_province_counts_its_own_numbers(world):
    other = Meeting(slug="khoi-2", prefix="b").close()
    province = make_province("ben-tre")
    Bloc.objects.update(symbol="KTĐ7")
    Bloc.objects.filter(slug="khoi-2").update(province=province)
    assert [issue(one, number="05").province.slug for one in (world, other) if one.reload()] == [
        "tra-vinh",
        "ben-tre",
    ]
    with pytest.raises(ValidationError, match="taken"):
        issue(other, number="5")


# --- days and moments


def test_minutes_are_not_older_than_the_conference(world):
    with pytest.raises(ValidationError) as refusal:
        issue(world, DocumentKind.MINUTES, dated=datetime.date(2025, 2, 19))
    assert list(refusal.value.error_dict) == ["dated"]
    assert issue(world, DocumentKind.MINUTES, dated=datetime.date(2025, 2, 20)).version == 1


def test_points_are_not_issued_while_the_table_is_open_again(world):
    """The board opened it again: the one in force is gone, and what is there nobody adopted."""
    Summary.objects.update(status=SummaryStatus.SUPERSEDED)
    for kind in OF_THE_TABLE[:-1]:
        with pytest.raises(ValidationError, match="adopted the summary table"):
            issue(world, kind)
    with pytest.raises(ValidationError, match="adopted the summary table"):
        awards.issue(world.review, ACHIEVEMENT_OF_A1, number="1", dated=DAY, by=world.leader)
    assert "adopted the summary table" in text_of(signed_in(world.leader).get(paper_page(world)))
    assert issue(world, DocumentKind.MINUTES).version == 1


def test_ballot_minutes_are_issued_once_the_result_is_announced():
    poll = Poll().adopt()
    vote = poll.count(poll.open_vote("a1"), dict.fromkeys(("a1", "a2", "a3", "a4", "a5"), "y"))
    give = partial(issue, poll, DocumentKind.BALLOT_MINUTES, "", about=str(vote.number))
    with pytest.raises(ValidationError, match="once its result has been announced"):
        give()
    page = signed_in(poll.leader).get(paper_page(poll, f"ballot_minutes-{vote.number}"))
    assert "once its result has been announced" in text_of(page)
    awards.announce_vote(vote, by=poll.leader)
    with pytest.raises(ValidationError, match="not dated before"):
        give(dated=datetime.date(2025, 2, 19))
    document = give()
    assert (document.series, document.number, document.about) == ("", "", str(vote.number))
    with pytest.raises(LookupError):  # the same minutes under another name
        issue(poll, DocumentKind.BALLOT_MINUTES, "", about=f"0{vote.number}")
    listed = signed_in(poll.secretary).get(
        reverse("awards:document_list", args=poll.review.url_args)
    )
    assert f'id="ballot_minutes-{vote.number}"' in listed.content.decode()


# --- withdrawal


def test_a_withdrawn_paper_keeps_bytes_and_reason_and_its_number_stays_taken(world):
    document = issue(world)
    before = bytes(document.content)
    awards.withdraw(document, reason="  Sai số liệu ", by=world.leader)
    document.refresh_from_db()
    assert (document.status, bytes(document.content)) == ("withdrawn", before)
    assert document.changes.get().note == "Sai số liệu"
    with pytest.raises(ValidationError):
        issue(world)
    assert issue(world, number="06").version == 2
    with pytest.raises(IllegalMove):
        awards.withdraw(document, reason="Lần nữa", by=world.leader)


def test_a_reason_is_needed_and_what_was_replaced_stays_so(world):
    first = issue(world)
    with pytest.raises(ValidationError, match="Say why"):
        awards.withdraw(first, reason=" \xa0 ", by=world.leader)
    issue(world, number="06")
    with pytest.raises(IllegalMove):
        awards.withdraw(first, reason="Sai", by=world.leader)


def test_only_who_signs_withdraws_and_not_once_the_dossier_is_out():
    world = Meeting().issue_all()
    document = IssuedDocument.objects.first()
    for user in (world.secretary, world.head("a2"), world.board):
        with pytest.raises(PermissionDenied):
            awards.withdraw(document, reason="Sai", by=user)
    awards.submit_dossier(world.review, by=world.leader)
    with pytest.raises(PermissionDenied):
        awards.withdraw(document, reason="Sai", by=world.leader)


def test_a_withdrawal_without_reason_comes_back_with_the_page(world):
    document = issue(world)
    client = signed_in(world.leader)
    address = reverse("awards:document_withdraw", args=[document.pk])
    field = f"withdraw-{document.pk}-reason"
    answer = client.post(address, {field: ""})
    assert answer.status_code == 422
    assert "Say why the paper is withdrawn." in text_of(answer)
    answer = client.post(address, {field: "Sai số liệu"})
    assert answer.url == f"{paper_page(world)}#version-1"
    assert "Withdrawn because: Sai số liệu" in text_of(client.get(paper_page(world)))


# --- signed copies


def test_a_scan_and_a_signed_pdf_are_kept_with_what_was_found(world):
    document = issue(world)
    scan = awards.attach_copy(document, upload(), by=world.secretary)
    assert (scan.kind, scan.signatures.count()) == (CopyKind.SCAN, 0)
    content = Signer("Lê Văn An").sign(bytes(document.content))
    signed = awards.attach_copy(document, upload(content), by=world.leader)
    assert (signed.kind, signed.size, signed.file.read()) == (
        CopyKind.SIGNED,
        len(content),
        content,
    )
    (found,) = signed.signatures.all()
    assert (found.signer, found.is_intact, found.is_valid, found.is_trusted) == (
        *("Lê Văn An", True, True),
        False,
    )
    page = text_of(signed_in(world.officer("a3")).get(paper_page(world)))
    assert "Signature intact" in page
    assert "the authority was not checked" in page
    answer = signed_in(world.officer("a3")).get(reverse("awards:copy_download", args=[signed.pk]))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_not_the_issued_paper_is_refused_at_the_field_and_not_kept(world):
    document = issue(world)
    issued = bytes(document.content)
    client = signed_in(world.secretary)
    address = reverse("awards:copy_attach", args=[document.pk])
    field = f"copy-{document.pk}-file"
    awards.attach_copy(document, upload(), by=world.leader)
    for file, reason in (
        (upload(with_page_changed(issued)), "changed and not signed"),
        (
            upload(Signer().sign(issued.replace(b"%PDF-1.7", b"%PDF-1.6", 1))),
            "not the issued paper",
        ),
        (upload(issued), "without any signature"),
        (upload(b"<html>", "ky.pdf"), "is not accepted"),
        (upload(b"", "ky.pdf"), "empty"),
        (upload(), "kept already"),
        (None, "Choose the file"),
    ):
        answer = client.post(address, {field: file} if file else {})
        assert answer.status_code == 422, reason
        assert reason in text_of(answer)
    assert SignedCopy.objects.count() == 1


def test_copies_come_from_who_signs_or_the_secretariat_until_the_review_is_closed():
    world = Meeting().issue_all()
    document = IssuedDocument.objects.filter(kind=DocumentKind.REPORT).get()
    stranger = make_user("stranger", make_agency("xa"))
    for user in (world.head("a2"), world.officer("a3"), world.board, stranger):
        with pytest.raises(PermissionDenied):
            awards.attach_copy(document, upload(), by=user)
    awards.submit_dossier(world.review, by=world.leader)
    awards.attach_copy(document, upload(), by=world.secretary)
    Review.objects.filter(pk=world.review.pk).update(status=Phase.CLOSED)
    with pytest.raises(PermissionDenied):
        awards.attach_copy(document, upload(SCAN + b" again"), by=world.leader)


def test_a_withdrawn_paper_takes_no_copies(world):
    document = issue(world)
    awards.withdraw(document, reason="Sai", by=world.leader)
    with pytest.raises(PermissionDenied):
        awards.attach_copy(document, upload(), by=world.leader)


# --- where the code on a paper leads


def check_page(document):
    return reverse("awards:document_check", args=[document.token])


def test_the_code_tells_which_version_is_in_force(world):
    first = issue(world)
    client = signed_in(world.officer("a3"))
    page = text_of(client.get(check_page(first)))
    assert "version 1, which is in force" in page
    assert "Stored file unchanged" in page
    assert first.sha256 in page
    second = issue(world, number="06")
    page = text_of(client.get(check_page(first)))
    assert "version 1, which has been replaced" in page
    assert f"{paper_page(world)}#version-2" in page
    awards.withdraw(second, reason="Sai số liệu", by=world.leader)
    page = text_of(client.get(check_page(second)))
    assert "version 2, which has been withdrawn" in page
    assert "Sai số liệu" in page


def test_the_code_tells_nothing_to_those_who_may_not_read_the_paper(world):
    document = issue(world)
    stranger = make_user("stranger", make_agency("xa"))
    draft = draft_mark(world.review, "report", facts_of(world.review, PaperKey("report"))).address
    for page in (check_page(document), draft):
        assert signed_in(stranger).get(page).status_code == 404
        assert signed_in(world.board).get(page).status_code == 403
    assert signed_in(world.leader).get("/documents/check/nothing/").status_code == 404


def test_a_drafts_code_tells_whether_its_facts_still_stand(world):
    key = PaperKey(DocumentKind.REPORT)
    page = draft_mark(world.review, key, facts_of(world.review, key)).address
    client = signed_in(world.officer("a3"))
    told = text_of(client.get(page))
    assert "This is a draft." in told
    assert "still stands in the portal unchanged" in told
    assert "No version of this paper has been issued yet." in told
    awards.write_text(
        world.review, key, section="opening", text="Mở đầu", version=0, by=world.leader
    )
    issue(world)
    told = text_of(client.get(page))
    assert "has been changed in the portal since" in told
    assert "The latest is version 1 (Issued)" in told
    assert client.get(page.replace("/check/", "/check/x")).status_code == 404


def test_a_file_is_compared_with_all_that_is_kept_and_is_not_kept_itself(world):
    first = issue(world)
    awards.attach_copy(first, upload(), by=world.leader)
    second = issue(world, number="06")
    client = signed_in(world.officer("a3"))
    for content, told in (
        (bytes(second.content), "version 2 as it was issued (Issued)"),
        (bytes(first.content), "version 1 as it was issued (Replaced)"),
        (SCAN, "the signed copy “ký.pdf” of version 1 (Replaced)"),
        (bytes(second.content) + b" ", "none of the issued files"),
    ):
        answer = client.post(check_page(second), {"file": upload(content)})
        assert answer.status_code == 200
        assert told in text_of(answer)
    answer = client.post(check_page(second), {})
    assert answer.status_code == 422
    assert "Choose the file to compare." in text_of(answer)
    assert SignedCopy.objects.count() == 1


# --- drafts and the list


def test_a_draft_is_printed_in_the_form_that_is_asked_for(world):
    client = signed_in(world.officer("a3"))
    page = reverse("awards:document_draft", args=[*world.review.url_args, "summary"])
    archive = client.get(page, {"variant": "pdf/a-3a"})
    assert archive.content != client.get(page).content
    assert archive.content == client.get(page, {"variant": "pdf/a-3a"}).content
    assert client.get(page, {"variant": "pdf/x"}).status_code == 404


@pytest.fixture
def sheets(monkeypatch):
    """A paper of each member, read by the readers of its points."""
    nothing = Paper("", lambda *_facts: None, evidence_list.TEMPLATE, Scope.MEMBER)
    for kind in (DocumentKind.SHEET, DocumentKind.APPRAISAL):
        monkeypatch.setitem(PAPERS, kind, nothing)


def test_the_list_shows_a_members_papers_to_those_who_may_read_them(world, sheets):
    for user in (world.leader, world.head("a2"), world.officer("a3"), world.board):
        members = world.review.memberships.select_related("review__bloc", "agency")
        readable = {
            one.agency.slug
            for one in members
            if may.can_read_paper(user, world.review, DocumentKind.SHEET, one)
        }
        answer = signed_in(user).get(reverse("awards:document_list", args=world.review.url_args))
        listed = answer.content.decode() if answer.status_code == 200 else ""
        assert {name for name in world.names if f'id="sheet-{name}"' in listed} == readable
    assert readable == set()  # the board waits for the dossier


def test_the_queries_of_the_list_do_not_grow_with_members_and_ballots(
    sheets, django_assert_num_queries
):
    for members in (3, 5):
        poll = Poll(members=members, slug=f"khoi-{members}", prefix=f"m{members}n").adopt()
        for candidate in poll.names[2:]:
            papers = dict.fromkeys(poll.names, "y")
            vote = poll.count(poll.open_vote(candidate), papers)
            awards.announce_vote(vote, by=poll.leader)
            vote.refresh_from_db()
        client = signed_in(poll.secretary)
        with django_assert_num_queries(12):
            page = client.get(reverse("awards:document_list", args=poll.review.url_args))
        assert page.content.decode().count('<li id="ballot_minutes-') == members - 2


def test_the_board_sees_every_issued_paper_in_the_dossier():
    world = Meeting().submit()
    for paper in IssuedDocument.objects.all():
        page = signed_in(world.board).get(reverse("awards:dossier_detail", args=[world.dossier.pk]))
        assert paper.sha256 in page.content.decode()
        assert paper_page(world, PaperKey.of(paper)) in page.content.decode()


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_of_a_members_paper_costs_the_same_for_one_version_and_for_three(
    world, versions, django_assert_num_queries
):
    awards.issue(world.review, ACHIEVEMENT_OF_A1, number="1", dated=DAY, by=world.leader)
    for number in range(2, versions + 1):
        awards.issue(
            world.review, ACHIEVEMENT_OF_A1, number=str(number), dated=DAY, by=world.leader
        )
    client = signed_in(world.leader)
    with django_assert_num_queries(29):
        page = client.get(paper_page(world, str(ACHIEVEMENT_OF_A1)))
    assert len(page.context["rows"]) == versions
