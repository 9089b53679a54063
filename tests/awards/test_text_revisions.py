"""The revisions of a text part: each saved version kept, compared word by word, brought back."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from awards import transitions as awards
from awards.differences import differences
from awards.documents.papers import PaperKey
from awards.documents.richtext import LONGEST
from awards.models import DocumentKind, TextPart, TextRevision
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def write(world, text, version=0, by=None, document=DocumentKind.MINUTES):
    return awards.write_text(
        world.review,
        PaperKey(document),
        section="opening",
        text=text,
        version=version,
        by=by or world.secretary,
    )


def url(world, section="opening", document="minutes"):
    args = [*world.review.url_args, document, section]
    return reverse("awards:text_history", args=args)


def edit_url(world):
    return reverse("awards:text_edit", args=[*world.review.url_args, "minutes"])


def build_world():
    world = Meeting().plan()
    write(world, "Khối trưởng khai mạc hội nghị.")
    write(world, "Khối trưởng tuyên bố khai mạc hội nghị.", 1, by=world.leader)
    return world


# --- each saved version is kept


def test_every_saved_version_is_a_revision_the_first_too(world):
    rows = TextRevision.objects.order_by("version").values_list("version", "text", "by__username")
    assert list(rows) == [
        (1, "Khối trưởng khai mạc hội nghị.", world.secretary.username),
        (2, "Khối trưởng tuyên bố khai mạc hội nghị.", world.leader.username),
    ]


def test_the_texts_of_adopted_minutes_stand_and_those_of_the_report_do_not():
    world = Meeting().read_minutes()
    with pytest.raises(PermissionDenied):
        write(world, "Sửa sau khi thông qua")
    assert not TextRevision.objects.exists()
    assert write(world, "Báo cáo", document=DocumentKind.REPORT).version == 1
    client = signed_in(world.secretary)
    assert client.get(edit_url(world)).status_code == 403
    page = client.get(reverse("awards:document_detail", args=[*world.review.url_args, "minutes"]))
    assert "The conference has adopted the minutes; their text stands." in page.content.decode()


# --- word by word


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("một hai ba", "một bốn ba", ["=một ", "-hai", "+bốn", "= ba"]),
        ("một", "một\n\nhai", ["=một", "+\n\nhai"]),
        ("", "mới", ["+mới"]),
        ("cũ", "", ["-cũ"]),
        ("như nhau", "như nhau", ["=như nhau"]),
        ("", "", []),
    ],
)
def test_the_difference_is_told_by_whole_words(old, new, pieces):
    marks = {"same": "=", "gone": "-", "new": "+"}
    assert [f"{marks[one.kind]}{one.text}" for one in differences(old, new)] == pieces


def test_the_pieces_make_both_texts_again():
    old = "Đề nghị gửi tiêu chí sớm, ngay từ quý I.\n- Một\n- Hai " + "và " * 300
    new = "Đề nghị gửi đủ tiêu chí ngay từ quý II.\n- Hai\n- Ba " + "và " * 299
    pieces = differences(old, new)
    assert "".join(one.text for one in pieces if one.kind != "new") == old
    assert "".join(one.text for one in pieces if one.kind != "gone") == new


def test_in_a_long_text_each_line_is_compared_with_its_own():
    line = " ".join(f"từ{n}" for n in range(100))
    old = "\n".join(f"{n} {line}" for n in range(100))
    new = old.replace("từ50 ", "khác ")
    kinds = [one.kind for one in differences(old, new)]
    assert kinds == ["same", "gone", "new"] * 100 + ["same"]
    whole = " ".join(f"lời{n % 7}" for n in range(10_000))
    assert [one.kind for one in differences(old.replace("\n", " "), whole)] == ["gone", "new"]


# --- the page


def test_the_newest_stands_against_the_one_before_and_any_two_can_be_chosen(world):
    client = signed_in(world.secretary)
    html = client.get(url(world)).content.decode()
    assert "<ins>" in html
    assert "tuyên bố" in html
    write(world, "Khác hẳn.", 2)
    page = client.get(url(world), {"old": "1", "new": "2"})
    chosen = (page.context["old"].version, page.context["new"].version)
    assert chosen == (1, 2)
    assert [one.kind for one in page.context["pieces"]] == ["same", "new", "same"]
    # a version that does not exist is told, and the page stands
    strange = client.get(url(world), {"old": "9", "new": "x"})
    assert strange.status_code == 200
    assert set(strange.context["compare"].errors) == {"old", "new"}
    assert (strange.context["old"].version, strange.context["new"].version) == (2, 3)


def test_typed_markup_is_shown_as_it_was_typed(world):
    write(world, "<script>alert(1)</script>", 2)
    html = signed_in(world.secretary).get(url(world)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;" in html


def test_an_older_text_comes_back_as_a_new_version(world):
    client = signed_in(world.secretary)
    page = client.get(url(world), {"old": "1", "new": "2"})
    answer = client.post(url(world), fields_of(page, "history/"))
    assert answer.url == url(world)
    part = TextPart.objects.get()
    assert (part.version, part.text) == (3, "Khối trưởng khai mạc hội nghị.")
    assert TextRevision.objects.count() == 3


def test_nothing_is_restored_over_a_text_that_was_saved_meanwhile(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "history/")
    write(world, "Của đồng nghiệp", 2, by=world.leader)
    answer = client.post(url(world), fields)
    assert answer.status_code == 422
    assert "A colleague has changed this text in the meantime." in answer.content.decode()
    assert TextPart.objects.get().text == "Của đồng nghiệp"


def test_a_version_that_does_not_exist_is_not_restored(world):
    answer = signed_in(world.secretary).post(url(world), {"version": "7", "seen": "2"})
    assert answer.status_code == 422
    assert TextPart.objects.get().version == 2


def test_once_adopted_the_versions_are_read_and_not_restored():
    world = Meeting().decide_all()
    write(world, "Một")
    write(world, "Hai", 1)
    fields = fields_of(signed_in(world.secretary).get(url(world)), "history/")
    world.adopt_minutes()
    page = signed_in(world.secretary).get(url(world))
    assert page.status_code == 200
    with pytest.raises(LookupError):
        fields_of(page, "history/")
    assert signed_in(world.secretary).post(url(world), fields).status_code == 422
    assert TextPart.objects.get().text == "Hai"


def test_only_the_secretariat_reads_the_versions(world):
    stranger = make_user("stranger", make_agency("xa"))
    assert signed_in(stranger).get(url(world)).status_code == 404
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).get(url(world)).status_code == 403
        assert signed_in(user).post(url(world), {"version": "1", "seen": "2"}).status_code == 403
    client = signed_in(world.leader)
    assert client.get(url(world)).status_code == 200
    assert client.put(url(world)).status_code == 405
    for strange in (url(world, "report"), url(world, "no-such"), url(world, document="letter")):
        assert client.get(strange).status_code == 404


def test_the_query_count_does_not_grow_with_the_versions(world, django_assert_num_queries):
    client = signed_in(world.secretary)
    client.get(url(world))
    for version in (2, 6):
        while TextRevision.objects.count() < version:
            write(world, f"Bản {TextRevision.objects.count()}", TextRevision.objects.count())
        with django_assert_num_queries(11):
            client.get(url(world))


# --- the page of the texts saves itself


def autosave(client, world, fields):
    return client.post(edit_url(world), fields, headers=HTMX)


def test_a_part_that_saves_itself_sends_back_its_new_version_and_no_text_field(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(edit_url(world))) | {"opening-text": "Gõ dở"}
    answer = autosave(client, world, fields)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert TextPart.objects.get().text == "Gõ dở"
    assert 'name="opening-version" id="id_opening-version" value="3"' in html
    assert 'name="initial-opening-text"' in html
    assert "<textarea" not in html
    assert "report-version" not in html  # what was not saved is left as it is
    assert 'data-state="saved"' in html


def test_an_untouched_part_never_takes_a_colleagues_version(world):
    """Else the old text on the screen would count as typed, and be saved over the colleague's."""
    client = signed_in(world.secretary)
    fields = fields_of(client.get(edit_url(world)))
    write(world, "Của đồng nghiệp", 2, by=world.leader)
    html = autosave(client, world, fields | {"report-text": "Tôi gõ ở phần khác"}).content.decode()
    assert "opening-version" not in html
    assert dict(TextPart.objects.values_list("section", "text")) == {
        "opening": "Của đồng nghiệp",
        "report": "Tôi gõ ở phần khác",
    }


def test_over_a_colleagues_text_it_never_saves_by_itself(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(edit_url(world)))
    write(world, "Của đồng nghiệp", 2, by=world.leader)
    for _attempt in range(2):
        answer = autosave(client, world, fields | {"opening-text": "Của tôi"})
        html = answer.content.decode()
        assert answer.status_code == 409
        assert 'data-state="conflict"' in html
        assert "Của đồng nghiệp" in html
        assert "opening-version" not in html
    assert TextPart.objects.get().text == "Của đồng nghiệp"
    # by the button, on a second look, it is replaced knowingly; that page saves nothing by itself
    again = client.post(edit_url(world), fields | {"opening-text": "Của tôi"})
    assert again.status_code == 422
    assert "data-autosave" not in again.content.decode()
    assert client.post(edit_url(world), fields_of(again)).status_code == 302
    assert TextPart.objects.get().text == "Của tôi"


def test_a_version_that_never_was_is_told_like_a_colleagues_text(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(edit_url(world))) | {"report-text": "y", "report-version": "5"}
    answer = client.post(edit_url(world), fields)
    assert answer.status_code == 422
    assert fields_of(answer)["report-text"] == "y"
    assert not TextPart.objects.filter(section="report").exists()


def test_a_text_too_long_is_told_and_the_others_are_saved(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(edit_url(world)))
    answer = autosave(
        client, world, fields | {"opening-text": "x " * (LONGEST // 2 + 1), "report-text": "y"}
    )
    assert answer.status_code == 422
    assert 'data-state="failed"' in answer.content.decode()
    texts = dict(TextPart.objects.values_list("section", "text"))
    assert texts["report"] == "y"
    assert texts["opening"] != "x " * (LONGEST // 2 + 1)


def test_texts_are_kept_in_the_browser_on_no_form_of_a_vote_or_password():
    """``data-keep`` stands on the forms that are known to need it, and on none besides."""
    templates = Path(__file__).parents[2] / "templates"
    keeping = {
        str(path.relative_to(templates))
        for path in templates.rglob("*.html")
        if "data-keep=" in path.read_text(encoding="utf-8")
    }
    assert keeping <= {
        "awards/conference/_agenda.html",
        "awards/conference/_remarks.html",
        "awards/conference/_resolution_form.html",
        "awards/text_form.html",
        "blocs/report_detail.html",
    }
