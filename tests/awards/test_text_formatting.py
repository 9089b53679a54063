"""Formatted text parts: stored clean whatever comes, legible to colleagues, taken over, framed."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation

from awards import transitions as awards
from awards.documents.papers import PaperKey
from awards.documents.richtext import LONGEST
from awards.models import DocumentKind, TextPart, TextRevision
from blocs.models import MemberReport
from blocs.workflow import Stale
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


REPORT = PaperKey(DocumentKind.REPORT)
BOLD = "<p>Còn <strong>chậm</strong></p>"


def url(world, name, *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, "report", *more])


def write(world, text, version=0, by=None, section="limits"):
    return awards.write_text(
        world.review, REPORT, section=section, text=text, version=version, by=by or world.secretary
    )


def report(world, name, **fields):
    return MemberReport.objects.create(membership=world.membership(name), **fields)


def pull(world, *names, version=0, by=None, section="limits"):
    return awards.pull_texts(
        world.review,
        REPORT,
        section=section,
        members=[world.membership(name).pk for name in names],
        version=version,
        by=by or world.secretary,
    )


def build_world():
    return Meeting().open_appraisal()


# --- stored


def test_a_text_is_stored_clean_whatever_comes(world):
    part = write(world, '<p onclick=x>Còn <b style="x">chậm</b><script>x()</script></p>')
    assert part.text == BOLD
    assert TextRevision.objects.get().text == BOLD


def test_a_text_is_as_long_as_its_readers_see_it(world):
    write(world, "<p>" + f"<b>{'a ' * 50}</b> <i>{'b ' * 49}</i> " * (LONGEST // 200) + "</p>")
    with pytest.raises(ValidationError, match="60000 characters: shorten it"):
        write(world, "x " * (LONGEST // 2 + 1), version=1)


# --- shown


def test_a_colleagues_text_is_shown_without_tags(world):
    client = signed_in(world.secretary)
    page = url(world, "text_edit")
    fields = fields_of(client.get(page))
    write(world, BOLD, by=world.leader)
    answer = client.post(page, fields | {"limits-text": "<p>Của <em>tôi</em></p>"})
    assert '<div class="typed">Còn chậm</div>' in answer.content.decode()
    assert fields_of(answer)["limits-text"] == "<p>Của <em>tôi</em></p>"


def test_what_saved_itself_counts_as_saved_however_the_server_stores_it(world):
    client = signed_in(world.secretary)
    page = url(world, "text_edit")
    sent = "<p>Một</p><p>Hai</p>"
    fields = fields_of(client.get(page)) | {"limits-text": sent}
    answer = client.post(page, fields, headers={"HX-Request": "true"})
    assert 'value="&lt;p&gt;Một&lt;/p&gt;&lt;p&gt;Hai&lt;/p&gt;"' in answer.content.decode()
    assert TextPart.objects.get().text == "Một\nHai"


def test_a_change_of_formatting_alone_is_called_so(world):
    write(world, "Còn chậm")
    write(world, BOLD, version=1)
    client = signed_in(world.secretary)
    words = "only their formatting has changed"
    html = client.get(url(world, "text_history", "limits")).content.decode()
    assert words in html
    assert "<del><span" not in html
    write(world, "<p>Còn <strong>quá</strong> chậm</p>", version=2)
    html = client.get(url(world, "text_history", "limits")).content.decode()
    assert words not in html
    assert html.count("<ins><span") == 1
    assert "strong&gt;" not in html


def test_only_the_draft_may_be_framed_and_only_by_our_own_pages(world):
    client = signed_in(world.secretary)
    draft = client.get(url(world, "document_draft"))
    assert draft["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in draft["Content-Security-Policy"]
    page = client.get(url(world, "text_edit"))
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_a_draft_that_cannot_be_printed_says_why_in_its_frame(world):
    minutes = reverse("awards:document_draft", args=[*world.review.url_args, "minutes"])
    client = signed_in(world.secretary)
    framed = client.get(minutes, headers={"Sec-Fetch-Dest": "iframe"})
    assert framed.status_code == 409
    assert "The plan of the conference" in framed.content.decode()
    assert client.get(minutes).status_code == 302


# --- words of the members' reports


def test_the_words_of_members_come_below_the_text_under_their_names(world):
    report(world, "a2", shortcomings="Nộp chậm\n- một lần")
    report(world, "a3", shortcomings="Thiếu người")
    report(world, "a1", results="Tốt")
    write(world, "Sẵn có")
    a2, a3 = world.membership("a2").name, world.membership("a3").name
    part = pull(world, "a2", version=1)
    assert part.text == f"Sẵn có\n\n# {a2}\nNộp chậm\n- một lần"
    write(world, BOLD, version=2)
    part = pull(world, "a3", version=3)
    assert part.text == f"{BOLD}\n<h3>{a3}</h3>\n<p>Thiếu người</p>"
    assert list(part.revisions.values_list("version", flat=True)) == [4, 3, 2, 1]
    assert MemberReport.objects.get(membership=world.membership("a2")).shortcomings


def test_exemplary_models_come_as_items(world):
    model = report(world, "a2").exemplary_models.create(
        kind="collective", name="Phòng A", unit="Sở B", deeds="Sáng kiến\ntốt"
    )
    assert model.report.membership == world.membership("a2")
    assert pull(world, "a2", section="exemplars").text.endswith("- Phòng A, Sở B: Sáng kiến tốt")


def test_nothing_is_taken_over_unread_or_by_others_or_from_who_wrote_nothing(world):
    report(world, "a2", shortcomings="Nộp chậm")
    write(world, "Của đồng nghiệp")
    with pytest.raises(Stale):
        pull(world, "a2")
    with pytest.raises(Stale, match="A member has changed its report"):
        pull(world, "a2", "a3", version=1)
    stranger = make_user("stranger", make_agency("xa"))
    for user in (world.head("a2"), world.officer("a3"), world.board, stranger):
        with pytest.raises(PermissionDenied):
            pull(world, "a2", version=1, by=user)
    assert TextPart.objects.get().text == "Của đồng nghiệp"


def test_members_are_ticked_on_a_page_that_shows_their_words(world):
    report(world, "a2", shortcomings="Nộp chậm")
    client = signed_in(world.secretary)
    page = url(world, "text_pull", "limits")
    assert page in client.get(url(world, "text_edit")).content.decode()
    shown = client.get(page)
    fields = fields_of(shown)
    assert "Nộp chậm" in shown.content.decode()
    assert "Tick at least one member." in client.post(page, fields).content.decode()
    ticked = fields | {"members": str(world.membership("a2").pk)}
    write(world, "Của đồng nghiệp", by=world.leader)
    stale = client.post(page, ticked)
    assert stale.status_code == 422
    assert "Của đồng nghiệp" in stale.content.decode()
    answer = client.post(page, fields_of(stale))
    assert answer.url == f"{url(world, 'text_edit')}#limits"
    name = world.membership("a2").name
    assert TextPart.objects.get().text == f"Của đồng nghiệp\n\n# {name}\nNộp chậm"


def test_a_part_that_no_report_feeds_has_no_such_page(world):
    client = signed_in(world.secretary)
    assert client.get(url(world, "text_pull", "opening")).status_code == 404
    assert client.get(url(world, "text_pull", "no-such")).status_code == 404
    page = client.get(url(world, "text_pull", "limits")).content.decode()
    assert "No member has written anything for this part yet." in page
    assert client.put(url(world, "text_pull", "limits")).status_code == 405


def test_the_query_count_does_not_grow_with_the_reports(world, django_assert_num_queries):
    client = signed_in(world.secretary)
    client.get(url(world, "text_pull", "exemplars"))
    for count, names in ((1, ["a2"]), (3, ["a1", "a3"])):
        for name in names:
            made = report(world, name)
            made.exemplary_models.create(kind="collective", name=name, deeds="x")
        with django_assert_num_queries(10):
            html = client.get(url(world, "text_pull", "exemplars")).content.decode()
        assert html.count('class="quote"') == count
