"""The list of evidence, read back from its PDF."""

import datetime
import re

import pytest

from awards.documents.evidence_list import TEMPLATE, EvidenceItem, EvidenceList
from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.pdf import to_pdf
from tests.documents.reading import Paper

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def item(number=1, **changes):
    given = {
        "codes": ("I.1.1", "I.1.2"),
        "title": f"Báo cáo kết quả thực hiện nhiệm vụ, tài liệu thứ {number}",
        "document_number": "187/BC-SNN",
        "document_date": datetime.date(2022, 12, 5),
        "file_name": "Báo cáo tổng kết năm.pdf",
        "size": "1,2 MB",
        "address": "",
        "sha256": HASH,
    }
    return EvidenceItem(**given | changes)


def link():
    return item(address="https://travinh.gov.vn/guong", file_name="", size="", sha256="")


def listed(*items):
    return EvidenceList(
        header=Header(parent="UBND TỈNH TRÀ VINH", body="SỞ NÔNG NGHIỆP"),
        place_date=PlaceDate("Trà Vinh", None, 2023),
        member="Sở Nông nghiệp và Phát triển nông thôn",
        bloc="Khối thi đua Khối 7",
        year=2022,
        items=items,
        last_added=datetime.date(2022, 12, 20),
        signatures=(
            SignatureBlock("", "", "NGƯỜI LẬP DANH MỤC", "", ""),
            SignatureBlock("", "", "THỦ TRƯỞNG ĐƠN VỊ", "", ""),
        ),
    )


def printed(*items):
    return Paper(to_pdf(TEMPLATE, listed(*items)))


def test_each_document_stands_once_with_all_that_identifies_it():
    paper = printed(item(), link())
    for fact in (
        "UBND TỈNH TRÀ VINH",
        "DANH MỤC TÀI LIỆU MINH CHỨNG",
        "(Kèm theo Bảng tự chấm điểm thi đua năm 2022 của Sở Nông nghiệp và Phát triển nông thôn,",
        "1 I.1.1, I.1.2 Báo cáo kết quả thực hiện nhiệm vụ, tài liệu thứ 1",
        "187/BC-SNN ngày 05/12/2022",
        "Báo cáo tổng kết năm.pdf (1,2 MB)",
        "https://travinh.gov.vn/guong",
        "Danh mục có 02 tài liệu: 01 tệp, 01 đường dẫn.",
        "NGƯỜI LẬP DANH MỤC",
    ):
        assert fact in paper.text, fact
    assert HASH in paper.text.replace(" ", "")


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 60])
def test_any_number_of_documents_fits_with_the_head_repeated(count):
    long = {
        "title": "Quyết định phê duyệt kết quả " + "rà soát, thẩm định và công bố " * 8,
        "file_name": "Tep_khong_co_khoang_trang_" * 9 + ".pdf",
        "codes": tuple(f"III.2.{n}" for n in range(1, 8)),
    }
    paper = printed(*(item(n, **long if n % 7 == 3 else {}) for n in range(1, count + 1)))
    assert set(paper.sizes) == {(297.0, 210.0)}
    assert paper.overflow((30, 20, 15, 20)) == []
    assert all("STT Tiêu chí" in text for text in paper.texts[: None if count > 2 else 1])
    assert "1 I.1.1" in paper.texts[0]
    assert len(re.findall("tài liệu thứ", paper.text)) == count - (count + 4) // 7
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}


def test_an_empty_list_says_so_and_has_no_table():
    paper = printed()
    assert "Danh mục có 0 tài liệu: 0 tệp, 0 đường dẫn." in paper.text
    assert "STT" not in paper.text


def test_the_same_library_prints_the_same_bytes():
    assert printed(item()).data == printed(item()).data
