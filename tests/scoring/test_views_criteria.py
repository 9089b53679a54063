"""The page of the criteria: read by everybody in the review, prepared by leader and board."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from scoring import transitions as scoring
from scoring.criteria import rules_of
from scoring.criteria_files import examples, read_file, yaml_text
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import AutoSource, CriteriaSet, CriteriaStatus, Exemption
from tests.forms import fields_of, signed_in
from tests.worlds import SMALL_SET, World, fresh

pytestmark = pytest.mark.django_db

SMALL = SMALL_SET.read_text(encoding="utf-8")
SET_A = "set-a-100-points"


@pytest.fixture
def world():
    return World()


def url(world, name="criteria_detail", *more):
    return reverse(f"scoring:{name}", args=[*world.review.url_args, *more])


def draft(world, text=SMALL):
    rules = read_set(parse_yaml(text))
    world.draft = scoring.upload_criteria(world.review, rules, by=world.leader)
    return world.draft


def upload(world, user, content, name="criteria.yaml"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return signed_in(user).post(url(world, "criteria_upload"), {"example": "", "file": file})


def text_of(response):
    return response.content.decode()


def told(response):
    return [str(message) for message in response.wsgi_request._messages]


POSTS = {
    "criteria_upload": ((), {"example": SET_A}),
    "criteria_adopt": ((), {"seen": "x"}),
    "exemption_add": ((), {"member": "1", "criterion": "1", "reason": "x"}),
    "exemption_lift": ((1,), {}),
    "source_choose": ((1,), {"source": "submission"}),
}


# --- who


def test_strangers_find_nothing(world):
    draft(world)
    stranger = signed_in(World(slug="khoi-2", prefix="b").leader)
    for name in ("criteria_detail", "criteria_download"):
        assert stranger.get(url(world, name)).status_code == 404
    for name, (more, data) in POSTS.items():
        assert stranger.post(url(world, name, *more), data).status_code == 404
    assert CriteriaSet.objects.get() == world.draft


def test_members_read_from_the_start_and_change_nothing(world):
    draft(world)
    for user in (world.head("a3"), world.officer("a2")):
        client = signed_in(user)
        page = client.get(url(world))
        assert "Hoàn thành nhiệm vụ đúng hạn" in text_of(page)
        for name in POSTS:
            with pytest.raises(LookupError):
                fields_of(page, reverse_tail(name))
        for name, (more, data) in POSTS.items():
            response = client.post(url(world, name, *more), data)
            assert response.status_code == 403
            assert "Only the bloc leader or the provincial board" in text_of(response)
    assert CriteriaSet.objects.get() == world.draft


def reverse_tail(name):
    return {
        "criteria_upload": "/criteria/upload/",
        "criteria_adopt": "/criteria/adopt/",
        "exemption_add": "/exemptions/",
        "exemption_lift": "/lift/",
        "source_choose": "/source/",
    }[name]


@pytest.mark.parametrize("name", POSTS)
def test_deeds_are_posted(world, name):
    assert signed_in(world.leader).get(url(world, name, *POSTS[name][0])).status_code == 405


def test_pages_are_only_read(world):
    for name in ("criteria_detail", "criteria_download"):
        assert signed_in(world.leader).post(url(world, name)).status_code == 405


def test_the_officer_of_the_leader_prepares_but_the_head_adopts(world):
    draft(world)
    client = signed_in(world.officer("a1"))
    page = client.get(url(world))
    assert fields_of(page, "/criteria/upload/")["example"] == ""
    assert "Only the bloc leader or the provincial board adopts the criteria." in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "/criteria/adopt/")
    seen = {"seen": "0" * 64}
    assert client.post(url(world, "criteria_adopt"), seen).status_code == 403
    assert CriteriaSet.objects.get().status == CriteriaStatus.DRAFT


def test_without_criteria_members_are_told_whom_to_wait_for(world):
    page = signed_in(world.head("a3")).get(url(world))
    assert "There are no criteria yet." in text_of(page)
    client = signed_in(world.leader)
    assert "Begin the criteria of this review" in text_of(client.get(url(world)))
    assert client.get(url(world, "criteria_download")).status_code == 404
    assert client.post(url(world, "criteria_adopt"), {"seen": "x"}).status_code == 404


# --- the set in words


def test_the_whole_set_is_there_in_words(world):
    rules = next(one.rules for one in examples() if one.name == SET_A)
    scoring.upload_criteria(world.review, rules, by=world.leader)
    page = text_of(signed_in(world.head("a3")).get(url(world)))
    for criterion in rules.criteria:
        assert f">{criterion.code}<" in page
    for words in (
        "100 points",
        "and at most 5 bonus points",
        "points set by hand are multiples of 0,25",
        "each criterion to 2 decimals, half up",
        "from 90 points",
        "more points in group I, THỰC HIỆN NHIỆM VỤ CHÍNH TRỊ, CHUYÊN MÔN ĐƯỢC GIAO",
        "fewer points taken off",
        "the chair of the conference decides",
        "6 × actual / target, at most 6",
        "is left out, and the rest of its group is scaled up",
        "counts the average of the other members",
        "the conference",
        "the portal, from: attendance at the bloc&#x27;s meetings",
        "cannot be proposed for the flag; keeps points and rank",
        "is not ranked",
        "The final figure comes late: enter a provisional one.",
        "Every criterion applies to every member.",
    ):
        assert words in page, words


def test_markup_in_names_is_escaped(world):
    draft(world, SMALL.replace("Có quy chế làm việc", "<b onclick='x'>Có</b>"))
    page = text_of(signed_in(world.leader).get(url(world)))
    assert "&lt;b onclick=&#x27;x&#x27;&gt;Có&lt;/b&gt;" in page
    assert "<b onclick" not in page


def test_the_page_costs_the_same_for_1_and_3_exemptions_and_more_members(
    django_assert_num_queries,
):
    for members, prefix in ((3, "a"), (6, "b")):
        world = World(slug=f"khoi-{prefix}", prefix=prefix, members=members)
        draft(world)
        criterion = world.draft.criteria.get(code="I.1")
        for n in range(1, members - 1):
            scoring.exempt(
                criterion, world.membership(f"{prefix}{n}"), reason="Không có", by=world.leader
            )
        client = signed_in(world.leader)
        client.get(url(world))
        with django_assert_num_queries(14):
            client.get(url(world))


# --- uploading


def test_an_example_becomes_the_draft(world):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "/criteria/upload/")
    response = client.post(url(world, "criteria_upload"), fields | {"example": SET_A})
    assert (response.status_code, response.url) == (302, url(world))
    expected = read_file((settings.ROOT / "scoring/criteria" / f"{SET_A}.yaml").read_bytes())
    assert rules_of(CriteriaSet.objects.get()) == expected


def test_a_file_becomes_the_draft_with_or_without_a_byte_order_mark(world):
    for content in (SMALL.encode(), SMALL.encode("utf-8-sig")):
        assert upload(world, world.officer("a1"), content).status_code == 302
        assert rules_of(CriteriaSet.objects.get()) == read_file(SMALL.encode())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SMALL.encode("utf-16"), "not text in UTF-8"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"PK\x03\x04" + bytes(range(256)), "cannot be read as a workbook"),
        (b"%PDF-1.7\n\x00\x01", "is not YAML"),
        (b"just a sentence", "the file must hold keys with values"),
        (b"a: [1, 2", "is not YAML"),
        (b"", "empty"),
        (b"x" * 5_000_000, "more than 200 kB"),
        (b"[" * 100_000, "nested too deeply"),
        (SMALL.replace("scale: 20", "scale: " + "9" * 100_000).encode(), "SMALL: line 4: 9999"),
        (b"a: &a 1\nb: *a", "anchor or alias"),
        (SMALL.replace("max: 12", "max: 13").encode(), "add up to 12, the maximum is 13"),
        (SMALL.replace("scale:", "colour: red\n  scale:").encode(), "the key colour is not known"),
        (SMALL.replace('"Khá", min: 0', '"Kh\\0á", min: 0').encode(), "control characters"),
        (SMALL.replace('"Khá", min: 0', '"Kh\\ud800", min: 0').encode(), "control characters"),
        (SMALL.replace("code: I.1,", "code: " + "I" * 30 + ",").encode(), "at most 20 characters"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_sound_set_is_refused_at_its_field(world, content, words):
    draft(world)
    response = upload(world, world.leader, content)
    page = text_of(response)
    assert response.status_code == 422
    assert words in page.partition('id="error_1_id_file"')[2].partition("</")[0]
    assert words in page.partition("data-error-summary")[2].partition("</ul>")[0]
    assert len(page) < 60_000
    assert CriteriaSet.objects.get() == world.draft
    assert rules_of(world.draft) == read_file(SMALL.encode())


@pytest.mark.parametrize("example", ["", "../settings", "set-x"])
def test_a_form_without_a_choice_is_refused(world, example):
    response = signed_in(world.leader).post(url(world, "criteria_upload"), {"example": example})
    assert response.status_code == 422
    assert "Nothing has been saved." in text_of(response)
    assert not CriteriaSet.objects.exists()


def test_an_example_and_a_file_at_once_are_refused(world):
    file = SimpleUploadedFile("a.yaml", SMALL.encode())
    data = {"example": SET_A, "file": file}
    response = signed_in(world.leader).post(url(world, "criteria_upload"), data)
    assert response.status_code == 422
    assert "Choose either an example or a file of your own." in text_of(response)


# --- downloading


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.name)
def test_the_download_loads_back_equal(world, example):
    scoring.upload_criteria(world.review, example.rules, by=world.leader)
    response = signed_in(world.head("a3")).get(url(world, "criteria_download"))
    name = 'attachment; filename="khoi-1-2024-criteria.yaml"'
    assert response.headers["Content-Disposition"] == name
    assert read_file(response.content) == example.rules


def test_the_download_writes_numbers_as_numbers_and_codes_as_text():
    rules = next(one.rules for one in examples() if one.name.startswith("set-c"))
    text = yaml_text(rules)
    assert "scale: 1000\n" in text
    assert "code: '1.1'\n" in text
    assert "Thu ngân sách trên địa bàn" in text


# --- sources and exemptions


def test_the_record_of_a_deadline_is_chosen(world):
    draft(world)
    client = signed_in(world.officer("a1"))
    page = client.get(url(world))
    row = world.draft.criteria.get(code="II.3")
    action = f"/{row.pk}/source/"
    assert fields_of(page, action) == {"source": "submission"}
    assert 'value="attendance"' not in text_of(page)
    response = client.post(url(world, "source_choose", row.pk), {"source": "registration"})
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.auto_source == AutoSource.REGISTRATION


@pytest.mark.parametrize("source", ["attendance", "derived", "elsewhere", ""])
def test_an_unfit_record_is_refused(world, source):
    draft(world)
    row = world.draft.criteria.get(code="II.3")
    response = signed_in(world.leader).post(url(world, "source_choose", row.pk), {"source": source})
    assert response.status_code == 422
    row.refresh_from_db()
    assert row.auto_source == AutoSource.SUBMISSION


def exempt(world, client, **change):
    fields = fields_of(client.get(url(world)), "/exemptions/")
    assert fields == {"member": "", "criterion": "", "reason": ""}
    fields |= {
        "member": world.membership("a3").pk,
        "criterion": world.draft.criteria.get(code="I.1").pk,
        "reason": "Không có nhiệm vụ này",
    }
    return client.post(url(world, "exemption_add"), fields | change)


def test_an_exemption_is_noted_and_lifted(world):
    draft(world)
    client = signed_in(world.leader)
    assert exempt(world, client).status_code == 302
    exemption = Exemption.objects.get()
    assert (exemption.criterion.code, exemption.reason) == ("I.1", "Không có nhiệm vụ này")
    page = client.get(url(world))
    assert "Không có nhiệm vụ này" in text_of(page)
    assert fields_of(page, f"/exemptions/{exemption.pk}/lift/") == {}
    client.post(url(world, "exemption_lift", exemption.pk), {})
    assert not Exemption.objects.exists()
    response = client.post(url(world, "exemption_lift", exemption.pk), {})
    assert told(response)[-1] == "A colleague has changed the draft. Read it again."


@pytest.mark.parametrize(
    "change",
    [
        {"reason": ""},
        {"reason": " \N{NO-BREAK SPACE} "},
        {"reason": "x" * 501},
        {"member": ""},
        {"member": "a3"},
        {"criterion": "999999"},
    ],
    ids=str,
)
def test_a_wrong_exemption_keeps_what_was_typed(world, change):
    draft(world)
    response = exempt(world, signed_in(world.leader), **change)
    assert response.status_code == 422
    fields = fields_of(response, "/exemptions/")
    if "reason" not in change:
        assert fields["reason"] == "Không có nhiệm vụ này"
    if "member" not in change:
        assert fields["member"] == str(world.membership("a3").pk)
    assert "invalid-feedback" in text_of(response)
    assert not Exemption.objects.exists()


def test_only_criteria_with_a_policy_and_members_of_the_review_are_offered(world):
    draft(world)
    other = World(slug="khoi-2", prefix="b")
    client = signed_in(world.leader)
    for change in (
        {"criterion": world.draft.criteria.get(code="I.2").pk},
        {"member": other.membership("b1").pk},
    ):
        assert exempt(world, client, **change).status_code == 422
    assert not Exemption.objects.exists()


# --- adopting


def adopt(world, client):
    return client.post(
        url(world, "criteria_adopt"), fields_of(client.get(url(world)), "/criteria/adopt/")
    )


@pytest.mark.parametrize("who", ["leader", "board"])
def test_the_draft_that_was_read_is_adopted(world, who):
    draft(world)
    user = fresh(getattr(world, who))
    client = signed_in(user)
    assert adopt(world, client).status_code == 302
    adopted = CriteriaSet.objects.get()
    assert (adopted.status, adopted.adopted_by) == (CriteriaStatus.ADOPTED, user)
    page = client.get(url(world))
    assert adopted.sha256 in text_of(page)
    for name in POSTS:
        with pytest.raises(LookupError):
            fields_of(page, reverse_tail(name))


def test_another_draft_than_the_one_read_is_not_adopted(world):
    draft(world)
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "/criteria/adopt/")
    draft(world, SMALL.replace("each: 1, unit", "each: 2, unit"))
    response = client.post(url(world, "criteria_adopt"), fields)
    assert response.status_code == 302
    assert told(response) == ["The draft has changed since you read it."]
    assert CriteriaSet.objects.get().status == CriteriaStatus.DRAFT


def test_a_refused_adoption_says_why(world):
    draft(world, SMALL.replace("na_policy: RESCALE", "na_policy: BLOC_AVERAGE"))
    criterion = world.draft.criteria.get(code="I.1")
    for name in world.agencies:
        scoring.exempt(criterion, world.membership(name), reason="x", by=world.leader)
    response = adopt(world, signed_in(world.leader))
    assert response.status_code == 422
    assert "No ranked member is left to average I.1 over." in text_of(response)
    assert CriteriaSet.objects.get().status == CriteriaStatus.DRAFT


@pytest.mark.parametrize("stage", ["adopt_criteria", "open_self_scoring"])
def test_after_the_adoption_every_deed_is_told_that_it_comes_too_late(world, stage):
    getattr(world, stage)()
    before = CriteriaSet.objects.get()
    client = signed_in(world.leader)
    row = before.criteria.get(code="II.3")
    for name, more, data in (
        ("criteria_upload", (), {"example": SET_A}),
        ("criteria_adopt", (), {"seen": before.sha256}),
        ("exemption_lift", (1,), {}),
        ("source_choose", (row.pk,), {"source": "registration"}),
        ("exemption_add", (), {"member": world.membership("a3").pk, "criterion": row.pk}),
    ):
        response = client.post(url(world, name, *more), data)
        assert response.status_code == 302
        assert "they no longer change" in told(response)[-1]
    assert rules_of(CriteriaSet.objects.get()) == rules_of(before)
