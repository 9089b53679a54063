"""The covenant, read back from its PDF and gathered from the records."""

from dataclasses import replace

import pytest
from django.urls import reverse

from awards import transitions
from awards.documents.covenant import TEMPLATE
from awards.documents.papers import PaperKey, facts_of
from awards.documents.pdf import to_pdf
from awards.documents.prose import blocks
from awards.models import DocumentKind
from blocs.models import Role
from tests.documents.lawful import breaches
from tests.documents.papers_to_read import LONGEST, covenant_of
from tests.documents.reading import Paper
from tests.worlds import World

KEY = PaperKey(DocumentKind.COVENANT)


def printed(count):
    return Paper(to_pdf(TEMPLATE, covenant_of(count)))


def test_each_paragraph_of_the_contents_is_a_numbered_clause_and_items_are_not():
    paper = printed(5)
    for text in (
        "BẢN GIAO ƯỚC THI ĐUA NĂM 2022 Khối thi đua Khối 7",
        "I. NỘI DUNG THI ĐUA 1. Đoàn kết, giúp đỡ nhau",
        "2. Phát động phong trào: - Nông thôn mới; - Cải cách thủ tục hành chính. 3. Nhân rộng",
        "II. CHỈ TIÊU THI ĐUA - 100% đơn vị",
        "05 cơ quan, đơn vị thành viên Khối thi đua Khối 7 cam kết",
    ):
        assert text in paper.text
    assert paper.text.count("./.") == 1
    assert "Số:" not in paper.text


def test_headings_and_typed_tables_take_no_number():
    contents = blocks("# Chung\nMột.\n- a;\n# Riêng\nHai.")
    clauses = replace(covenant_of(1), contents=contents).clauses
    assert [(one.is_numbered, len(one.blocks)) for one in clauses] == [
        (False, 1), (True, 2), (False, 1), (True, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, 5, 9, 60])
def test_all_members_sign_and_no_row_is_parted(count):
    document = covenant_of(count)
    paper = Paper(to_pdf(TEMPLATE, document))
    heads = [line for line in paper.lines if line.text.startswith("GIÁM ĐỐC")]
    named = [line for line in paper.lines if line.text.startswith("Nguyễn Văn Mẫu")]
    assert len(heads) == len(named) == count
    for row in document.signature_rows:
        assert len(row) == document.per_row
    by_row = {(line.page, line.baseline) for line in named}
    assert len(by_row) == len(document.signature_rows), "the names of a row stand on one line"
    for head, name in zip(heads, named, strict=True):
        assert head.page == name.page
    assert next(line for line in paper.lines if "kể từ ngày ký" in line.text).page == heads[0].page


@pytest.mark.parametrize("lines", range(14, 25, 2))
def test_the_signatures_stay_with_the_words_before_them_wherever_the_page_ends(lines):
    # The lines push all that follows them over the end of the page.
    pushing = blocks("\n".join(f"Câu {at}" for at in range(lines)))
    document = replace(covenant_of(5), contents=pushing)
    assert breaches(Paper(to_pdf(TEMPLATE, document)), document) == []


def test_many_short_names_stand_three_a_row_and_long_ones_two():
    short = tuple(replace(covenant_of(1).signatures[0], body_line=f"SỞ {at}") for at in range(9))
    assert replace(covenant_of(1), signatures=short).per_row == 3
    long = (*short, replace(short[0], body_line=LONGEST[0].upper()))
    assert replace(covenant_of(1), signatures=long).per_row == 2


@pytest.mark.django_db
def test_members_sign_in_protocol_order_by_their_heads_under_the_typed_text():
    world = World()
    secretary = world.officer("a1")
    transitions.write_text(
        world.review, KEY, section="contents", text="Đoàn kết.", version=0, by=secretary
    )
    head = world.users["a2", Role.HEAD]
    head.full_name, head.position = "bà Lê Thị Mẫu", "Phó Giám đốc"
    head.save()
    office = world.users["a3", Role.HEAD]
    office.full_name, office.position = "Giám đốc (A3)", "Giám đốc"
    office.save()
    covenant = facts_of(world.review, KEY)
    assert [one.text for one in covenant.contents] == ["Đoàn kết."]
    assert [(one.body_line, one.title_line, one.name) for one in covenant.signatures] == [
        ("SỞ A1", "THỦ TRƯỞNG ĐƠN VỊ", ""),
        ("SỞ A2", "PHÓ GIÁM ĐỐC", "Lê Thị Mẫu"),
        ("SỞ A3", "GIÁM ĐỐC", ""),
    ]
    assert covenant.place_date.year == world.review.year
    assert covenant.header.number_line == ""


@pytest.mark.django_db
def test_the_secretariat_reaches_the_covenant_in_preparation_and_members_read_it(client):
    world = World()
    papers = reverse("awards:document_list", args=world.review.url_args)
    draft = reverse("awards:document_draft", args=[*world.review.url_args, KEY])
    for officer in (world.officer("a1"), world.officer("a3")):
        client.force_login(officer)
        page = client.get(papers).text
        assert reverse("awards:document_detail", args=[*world.review.url_args, KEY]) in page
        assert "documents/report/" not in page, "the other papers state what is not there yet"
    assert draft in client.get(world.review.get_absolute_url()).text
    answer = client.get(draft)
    assert "BẢN GIAO ƯỚC" in Paper(answer.content).text
