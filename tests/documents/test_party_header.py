"""The head of a Party body, and whose papers bear it."""

import datetime
from dataclasses import replace

import pytest

from awards.documents import facts
from awards.documents.facts import Numbering
from awards.documents.header import Header, PartyHeader
from awards.documents.layout import LAYOUT
from awards.documents.pdf import to_pdf
from blocs.models import AgencyKind
from tests.documents import khoi_7
from tests.documents.reading import Paper
from tests.worlds import World

NUMBERING = Numbering("1", "BC-KTĐ7", datetime.date(2023, 2, 28))


@pytest.fixture(scope="module")
def paper():
    head = PartyHeader("TỈNH ỦY TRÀ VINH", "BAN TUYÊN GIÁO TỈNH ỦY", "1", "BC-BTGTU")
    return Paper(to_pdf("documents/report.html", replace(khoi_7.report(), header=head)))


def test_the_head_of_the_party_has_its_name_a_star_and_no_motto(paper):
    name = paper.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert (name.font, name.size) == ("Tinos-Bold", LAYOUT["party-name"].value)
    assert paper.line("TỈNH ỦY TRÀ VINH").font == "Tinos"
    issuer, star = paper.line("BAN TUYÊN GIÁO TỈNH ỦY"), paper.line("*")
    assert issuer.font == "Tinos-Bold"
    assert star.middle == pytest.approx(issuer.middle, abs=0.5)
    assert "CỘNG HÒA" not in paper.text
    assert "Độc lập" not in paper.text


def test_its_number_has_a_dash_before_the_kind_and_no_colon(paper):
    number, place = paper.line("Số 01-BC/BTGTU"), paper.line("Trà Vinh, ngày 28 tháng 02")
    assert number.baseline == place.baseline
    assert place.font == "Tinos-Italic"
    assert place.middle == pytest.approx(paper.line("ĐẢNG CỘNG SẢN").middle, abs=0.5)


def test_the_rule_under_the_name_of_the_party_is_as_long_as_the_name(paper):
    name = paper.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    left, right, _ = next(one for one in paper.rules(0) if 0 < one[2] - name.baseline < 4)
    assert right - left == pytest.approx(name.right - name.left, abs=1)


def test_an_unknown_number_leaves_room_for_a_pen():
    line = PartyHeader("", "BAN TUYÊN GIÁO", "", "BC-BTG").number_line
    assert line.replace("\u00a0", "_") == "Số ______-BC/BTG"
    assert PartyHeader("", "BAN TUYÊN GIÁO").number_line == ""


def leader_of(review):
    member = review.memberships.with_names().get(office="leader")
    member.review = review
    return member


@pytest.mark.django_db
def test_papers_of_a_bloc_led_by_a_party_body_and_its_own_bear_the_head_of_the_party():
    review = World().review
    review.bloc.province.party_committee = "Tỉnh ủy Trà Vinh"
    assert type(facts.header(review, NUMBERING)) is Header

    leader = leader_of(review)
    leader.agency.kind = AgencyKind.PARTY
    leader.agency.save()
    head = facts.header(review, NUMBERING)
    assert (head.parent, head.number_line) == ("TỈNH ỦY TRÀ VINH", "Số 01-BC/KTĐ7")
    own = facts.agency_header(leader, NUMBERING)
    assert (type(own), own.body) == (PartyHeader, leader.name.upper())


@pytest.mark.django_db
def test_departments_stand_under_the_committee_and_enterprises_by_themselves():
    leader = leader_of(World().review)
    parents = {}
    for kind in ("department", "service_unit", "enterprise", "commune"):
        leader.agency.kind = kind
        parents[kind] = facts.agency_header(leader, NUMBERING).parent
    assert parents == {
        "department": "UBND TỈNH TRÀ VINH",
        "service_unit": "UBND TỈNH TRÀ VINH",
        "enterprise": "",
        "commune": "",
    }
