"""Papers of one member and the detailed table: what they state, and who reads them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from awards.documents import appraisal_facts, detail_facts, history_facts, sheet_facts
from awards.documents.facts import Numbering
from awards.documents.papers import PaperKey, facts_of, subject_of
from awards.models import DocumentKind
from awards.permissions import can_read_paper
from blocs.readiness import NotReady
from scoring import transitions as scoring
from scoring.tables import live_table
from tests.documents.reading import Paper
from tests.forms import signed_in
from tests.scoring.scenes import MODEST, OWN, Bloc
from tests.scoring.whole_sets import Communes, relative
from tests.worlds import World, make_agency, make_user

pytestmark = pytest.mark.django_db

DRAFT = Numbering("", "", None)


def facts(world, kind, about=""):
    return facts_of(world.review, PaperKey(DocumentKind(kind), about))


def row_of(document, code):
    return next(row for row in document.rows if row.code == code)


def named(document, name):
    return next(row for row in document.rows if row.name.startswith(name))


def lowered(world, name="a3", code="I.2"):
    """The appraiser takes the middle level, and says why."""
    score = world.score(name, code)
    scoring.appraise(
        score,
        inputs={"level": "Khá"},
        reason="Theo quyết định xếp loại",
        version=score.version,
        by=world.appraiser(name),
    )


def finish(world, name="a3"):
    sheet, by = world.sheet(name), world.appraiser(name)
    scoring.accept(sheet, list(sheet.scores.all()), by=by)
    scoring.finish_appraisal(sheet, by=by)


@pytest.fixture
def appraised():
    """I.2 of a3 lowered, contested and confirmed."""
    world = World().open_appraisal()
    lowered(world)
    finish(world)
    score = world.score("a3", "I.2")
    objection = scoring.object_to(score, reason="Có quyết định", by=world.officer("a3"))
    scoring.answer_objection(
        objection,
        reply="Quyết định đã cũ",
        inputs={"level": "Khá"},
        version=score.version,
        by=world.officer("a1"),
    )
    return world


def build_world():
    return World().open_appraisal()


# --- the score sheet


def test_the_sheet_states_claims_and_their_sums_as_they_are_computed(appraised):
    document = facts(appraised, "sheet", "a3")
    assert document.header.body == "SỞ A3"
    assert document.header.parent == "UBND TỈNH TRÀ VINH"
    assert row_of(document, "I.2").claimed == 4  # whatever the appraiser made of it
    assert row_of(document, "I.1").figures == "Đúng hạn: 9; Được giao: 10\n6 × 9 / 10 = 5,40"
    table = live_table(appraised.review).row_of("a3").claimed
    assert [row_of(document, code).claimed for code in ("I", "II")] == list(table.groups)
    assert named(document, "Tổng điểm tự chấm").claimed == table.total
    assert named(document, "Điểm thưởng được tính").claimed == table.bonus
    assert named(document, "Cộng điểm trừ").claimed == table.penalty
    conference = row_of(document, "T.2")
    assert (conference.claimed, conference.figures) == (None, "Hội nghị quyết định")
    assert "thẩm định" not in " ".join(row.note for row in document.rows)


def test_evidence_is_numbered_as_in_the_annexed_list():
    world = Bloc().open_self_scoring()
    world.fill("a3", OWN)
    for title in ("Báo cáo", "Quyết định"):
        world.attach("a3", title, f"{title}.pdf")
    document = facts(world, "sheet", "a3")
    assert row_of(document, "I.1").evidence == (1, 2)
    assert row_of(document, "I.2").evidence == ()
    assert [item.title for item in document.evidence.items] == ["Báo cáo", "Quyết định"]
    assert document.submitted_on is None
    exempt = row_of(document, "II.4")
    assert (exempt.applies, exempt.claimed) == (False, None)
    assert exempt.figures.startswith("Không áp dụng: Không có")


def test_until_the_table_is_circulated_no_figure_of_another_member_moves_the_sheet():
    world = Communes().submit_all({"a1": relative(150), "a2": relative(120)})
    compared = row_of(facts(world, "sheet", "a2"), "1.1")
    assert compared.claimed is None
    assert compared.figures.endswith("Tính điểm khi có số liệu của cả Khối")
    scoring.open_appraisal(world.review, by=world.leader)
    for name in world.agencies:
        finish(world, name)
    world.accept_appraisals()
    scoring.approve_summary(world.review, seen=live_table(world.review).sha256, by=world.leader)
    world.reload()
    assert row_of(facts(world, "sheet", "a2"), "1.1").claimed is not None


# --- the appraisal slip


def test_the_slip_states_both_stages_reasons_and_objections(appraised):
    document = facts(appraised, "appraisal", "a3")
    changed = row_of(document, "I.2")
    assert (changed.claimed, changed.appraised, changed.difference) == (4, 2, -2)
    assert changed.reason == "Quyết định đã cũ (số liệu thẩm định: Khá)"
    row = live_table(appraised.review).row_of("a3")
    total = named(document, "Tổng điểm")
    assert (total.claimed, total.appraised) == (row.claimed.total, row.appraised.total)
    assert total.difference == row.delta
    [objection] = document.objections
    assert (objection.reason, objection.state) == ("Có quyết định", "Đơn vị thẩm định trả lời")
    assert objection.reply == "Quyết định đã cũ"
    assert document.appraiser == "Sở a1 (Khối trưởng)"


def test_the_leaders_own_slip_is_signed_by_the_deputy():
    world = World().finish_appraisals()
    titles = {
        name: [one.title_line for one in facts(world, "appraisal", name).signatures]
        for name in world.agencies
    }
    first = "ĐẠI DIỆN ĐƠN VỊ THẨM ĐỊNH"
    assert titles == {
        "a1": [first, "KHỐI PHÓ"],
        "a2": [first, "KHỐI TRƯỞNG"],
        "a3": [first, "KHỐI TRƯỞNG"],
    }


def test_there_is_no_slip_of_an_appraisal_that_goes_on(world):
    lowered(world)
    with pytest.raises(NotReady):
        facts(world, "appraisal", "a3")


# --- the history of a score


def test_the_history_tells_every_writing_from_the_first(appraised):
    score = appraised.score("a3", "I.2")
    document = facts(appraised, "history", str(score.pk))
    told = [
        (one.stage, one.before.text(2), one.after.text(2), one.reason, one.agency, one.office)
        for one in document.writings
    ]
    assert told[0] == ("Tự chấm", "–", "4,00 (Tốt)", "", "Sở a3", "Thành viên")
    assert told[1][:4] == ("Thẩm định", "–", "2,00 (Khá)", "Theo quyết định xếp loại")
    assert told[-1][3:] == ("Quyết định đã cũ", "Sở a1", "Khối trưởng")
    assert len(told) == score.changes.count()
    other = facts(appraised, "history", str(appraised.score("a2", "I.2").pk))
    assert "Sở a3" not in {one.agency for one in other.writings}


# --- the detailed table


def test_the_detailed_table_is_the_canonical_one_with_changes_above_each_other(appraised):
    finish(appraised, "a1")
    finish(appraised, "a2")
    document = detail_facts.gather(appraised.review, DRAFT)
    table = live_table(appraised.review)
    at = [row.slug for row in table.rows].index("a3")
    cell = row_of(document, "I.2").cells[at]
    assert (cell.before, cell.agreed) == (("4,00", "2,00"), "2,00")
    other = row_of(document, "I.2").cells[[row.slug for row in table.rows].index("a2")]
    assert (other.before, other.agreed) == ((), "4,00")
    assert row_of(document, "T.2").cells[at].agreed == "–"
    totals = [named(document, "Tổng").cells[n].agreed for n in range(3)]
    assert totals == [f"{row.agreed.total:.2f}".replace(".", ",") for row in table.rows]
    assert [cell.agreed for cell in named(document, "Xếp hạng").cells] == ["1", "1", "3"]
    assert document.sha256 == table.sha256


def test_what_does_not_apply_is_marked_with_or_without_points():
    world = Bloc()
    world.submit_all({name: OWN if name == "a3" else MODEST for name in world.agencies})
    scoring.open_appraisal(world.review, by=world.leader)
    document = detail_facts.gather(world.review, DRAFT)
    marked = [cell for cell in row_of(document, "II.4").cells if "KAD" in cell.agreed]
    assert len(marked) == 1
    assert any("bình quân" in policy for policy in document.policies)


# --- who reads them


def reads(world, user, kind, about):
    key = PaperKey(DocumentKind(kind), str(about))
    return bool(can_read_paper(user, world.review, kind, subject_of(world.review, key)))


def draft(world, kind, about=""):
    key = PaperKey(DocumentKind(kind), str(about))
    return reverse("awards:document_draft", args=[*world.review.url_args, key])


def test_a_member_prints_its_sheet_at_once_and_what_was_appraised_only_afterwards(world):
    lowered(world)
    score = world.score("a3", "I.2").pk
    own = world.officer("a3")
    assert reads(world, own, "sheet", "a3")
    assert not reads(world, own, "appraisal", "a3")
    assert not reads(world, own, "history", score)
    finish(world)
    assert reads(world, own, "appraisal", "a3")
    assert reads(world, own, "history", score)


def test_papers_of_one_member_are_for_it_and_its_appraiser_before_the_table_goes_round(appraised):
    score = appraised.score("a3", "I.2").pk
    for kind, about in (("sheet", "a3"), ("appraisal", "a3"), ("history", score)):
        page = draft(appraised, kind, about)
        for user, status in (
            (appraised.officer("a3"), 200),
            (appraised.leader, 200),  # appraises it
            (appraised.head("a2"), 403),
            (appraised.board, 403),
            (make_user(f"stranger-{kind}", make_agency(f"xa-{kind}")), 404),
        ):
            assert signed_in(user).get(page).status_code == status, (kind, user)
    assert signed_in(appraised.leader).get(draft(appraised, "sheet", "khac")).status_code == 404
    assert signed_in(appraised.leader).get(draft(appraised, "history", 10**8)).status_code == 404


def test_the_history_is_no_draft_of_anything(appraised):
    score = appraised.score("a3", "I.2").pk
    answer = signed_in(appraised.leader).get(draft(appraised, "history", score))
    assert "DỰ THẢO" not in Paper(answer.content).text
    sheet = signed_in(appraised.leader).get(draft(appraised, "sheet", "a3"))
    assert "DỰ THẢO" in Paper(sheet.content).text


# --- the ways to them


def test_a_page_shows_only_ways_that_its_reader_may_go(appraised):
    finish(appraised, "a2")
    sheet = appraised.sheet("a3").get_absolute_url()
    criterion = appraised.score("a3", "I.2").criterion_id
    score = appraised.score("a3", "I.2").pk
    history = reverse(
        "scoring:criterion_history", args=[*appraised.review.url_args, "a3", criterion]
    )
    for user in (appraised.officer("a3"), appraised.leader):
        page = signed_in(user).get(sheet).content.decode()
        assert draft(appraised, "sheet", "a3") in page
        assert draft(appraised, "appraisal", "a3") in page
        told = signed_in(user).get(history).content.decode()
        assert draft(appraised, "history", score) in told
    under_way = signed_in(appraised.deputy).get(appraised.sheet("a1").get_absolute_url())
    assert draft(appraised, "appraisal", "a1") not in under_way.content.decode()


def test_before_the_appraisal_is_finished_the_member_has_no_way_to_its_papers(world):
    lowered(world)
    client = signed_in(world.officer("a3"))
    page = client.get(world.sheet("a3").get_absolute_url()).content.decode()
    assert draft(world, "sheet", "a3") in page
    assert draft(world, "appraisal", "a3") not in page
    score = world.score("a3", "I.2")
    args = [*world.review.url_args, "a3", score.criterion_id]
    told = client.get(reverse("scoring:criterion_history", args=args)).content.decode()
    assert draft(world, "history", score.pk) not in told


@pytest.mark.parametrize("stage", ["open_appraisal", "approve"])
def test_the_summary_leads_to_the_detailed_table_for_those_who_may_print_it(stage):
    world = getattr(World(), stage)()
    page = reverse("scoring:summary_detail", args=world.review.url_args)
    for user in (world.leader, world.officer("a3"), world.board):
        client = signed_in(user)
        answer = client.get(page)
        if answer.status_code == 200:
            way = draft(world, "detail") in answer.content.decode()
            assert way == (client.get(draft(world, "detail")).status_code == 200), user


# --- their cost


def gathers(world):
    membership = subject_of(world.review, PaperKey(DocumentKind.SHEET, "a3"))
    score = subject_of(
        world.review, PaperKey(DocumentKind.HISTORY, str(world.score("a3", "I.2").pk))
    )
    return [
        (sheet_facts.gather, membership, 19),
        (appraisal_facts.gather, membership, 18),
        (history_facts.gather, score, 6),
        (detail_facts.gather, world.review, 19),
    ]


@pytest.mark.parametrize("members", [3, 6])
def test_each_paper_costs_the_same_queries_whatever_the_members(members, django_assert_num_queries):
    world = World(members=members).finish_appraisals()
    for gather, subject, count in gathers(world):
        with django_assert_num_queries(count):
            gather(subject, DRAFT)


def test_more_evidence_objections_and_changes_cost_no_more_queries(
    appraised, django_assert_num_queries
):
    sheet = appraised.score("a3", "I.1").sheet
    for code in ("I.1", "I.3", "II.1"):
        scoring.object_to(appraised.score("a3", code), reason="Có", by=appraised.officer("a3"))
    assert sheet.scores.count() > 3
    for gather, subject, count in gathers(appraised)[:3]:
        with django_assert_num_queries(count):
            gather(subject, DRAFT)
    assert Decimal(0) == row_of(facts(appraised, "sheet", "a3"), "TR.1").claimed
