"""The review of 2022 of Khối 7 of Trà Vinh as papers: its facts are public, its scores invented."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal as D

from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.minutes import (
    Delegation,
    Elected,
    Handover,
    Minutes,
    Person,
    Remark,
    ScoreChange,
    Vote,
)
from awards.documents.prose import blocks
from awards.documents.report import MemberLine, MemberSection, YearEndReport
from awards.documents.report_annexes import (
    RewardLine,
)
from awards.documents.results import Nomination, ScoreLine
from awards.documents.summary import Group, Scores, SummaryRow, SummaryTable

BLOC = "Khối thi đua Khối 7"
AGRICULTURE = "Sở Nông nghiệp và Phát triển nông thôn"
ENVIRONMENT = "Sở Tài nguyên và Môi trường"
TRANSPORT = "Sở Giao thông vận tải"
TRADE = "Sở Công Thương"
BROADCASTER = "Đài Phát thanh và Truyền hình tỉnh Trà Vinh"
COMMITTEE = "Ủy ban nhân dân tỉnh Trà Vinh"
CONFERENCE_DAY = datetime.date(2023, 2, 23)
CHAIR = Person("ông Lê Văn Đông", f"Phó Giám đốc {AGRICULTURE}, Khối trưởng")

CHAIR_SIGNATURE = SignatureBlock(
    authority_prefix="TM.",
    body_line="KHỐI THI ĐUA KHỐI 7",
    title_line="KHỐI TRƯỞNG",
    office_line="PHÓ GIÁM ĐỐC SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
    name="Lê Văn Đông",
)

SCORE_SOURCE = "(Theo Bảng tổng hợp chấm điểm phiên bản 1, được Hội nghị thống nhất kèm theo)"


def head(symbol: str, number: str = "") -> Header:
    return Header("UBND TỈNH TRÀ VINH", "KHỐI THI ĐUA KHỐI 7", number, symbol)


SCORES = (
    ScoreLine(AGRICULTURE, D("97.23"), "1", "Xuất sắc"),
    ScoreLine(TRANSPORT, D("94.86"), "2", "Xuất sắc"),
    ScoreLine(ENVIRONMENT, D("92.19"), "3", "Xuất sắc"),
    ScoreLine(TRADE, D("91.44"), "4", "Xuất sắc"),
    ScoreLine(BROADCASTER, D("88.06"), "5", "Tốt"),
)
NOMINATIONS = (
    Nomination(
        COMMITTEE, "Cờ thi đua năm 2022", (AGRICULTURE,), "có thành tích tiêu biểu, xuất sắc"
    ),
    Nomination(COMMITTEE, "Bằng khen", ("Sở Giao thông vận tải Trà Vinh",)),
)


def report() -> YearEndReport:
    return YearEndReport(
        header=head("BC-KTĐ7", "3"),
        place_date=PlaceDate("Trà Vinh", datetime.date(2023, 2, 28), 2023),
        bloc=BLOC,
        year=2022,
        office_year=2023,
        addressees=(
            "Hội đồng Thi đua - Khen thưởng tỉnh Trà Vinh",
            "Ban Thi đua - Khen thưởng tỉnh Trà Vinh",
        ),
        opening=blocks(
            "Thực hiện hướng dẫn của Ban Thi đua - Khen thưởng tỉnh về việc tổng kết hoạt động các "
            "khối thi đua, Khối thi đua Khối 7 báo cáo kết quả công tác thi đua, khen thưởng năm "
            "2022 và phương hướng, nhiệm vụ năm 2023 như sau:"
        ),
        situation=blocks(
            "# Thuận lợi\n"
            "Khối luôn được sự quan tâm lãnh đạo, chỉ đạo của Tỉnh ủy, Ủy ban nhân dân tỉnh và Ban "
            "Thi đua - Khen thưởng tỉnh; các đơn vị thành viên đoàn kết, nỗ lực phấn đấu.\n\n"
            "# Khó khăn\n"
            "Năm 2022 mặc dù ảnh hưởng của đại dịch Covid-19 diễn biến phức tạp, khó lường, khối "
            "lượng công việc của các đơn vị lớn trong khi biên chế có hạn."
        ),
        members=(
            MemberLine(AGRICULTURE, "Khối trưởng"),
            MemberLine(ENVIRONMENT, "Thành viên"),
            MemberLine(TRANSPORT, "Khối phó"),
            MemberLine(TRADE, "Thành viên"),
            MemberLine(BROADCASTER, "Thành viên"),
        ),
        leadership=blocks(
            "Các đơn vị đã bám sát nhiệm vụ chính trị trọng tâm, nhiệm vụ, mục tiêu phát triển "
            "kinh tế - xã hội, đảm bảo quốc phòng - an ninh và tình hình thực tiễn của cơ quan, "
            "đơn vị để phát động các phong trào thi đua."
        ),
        movements=blocks(
            "Các phong trào thi đua lao động, sáng tạo, tiêu biểu:\n"
            "- Phong trào chung sức xây dựng nông thôn mới, Nông thôn mới nâng cao, Nông thôn mới "
            "kiểu mẫu;\n"
            "- Phong trào thi đua lao động sản xuất, kinh doanh giỏi;\n"
            "- Phong trào cải cách thủ tục hành chính."
        ),
        member_sections=tuple(
            MemberSection(
                name,
                blocks(
                    f"{name} đã hoàn thành các chỉ tiêu, nhiệm vụ được giao trong năm 2022; tổ "
                    "chức phát động, đăng ký và tổng kết các phong trào thi đua đúng thời gian quy "
                    "định.\n\nThông qua các phong trào, đã xuất hiện nhiều tấm gương tiêu biểu "
                    "trong lao động, học tập và công tác, tạo được sự lan tỏa trong đơn vị."
                ),
            )
            for name in (AGRICULTURE, ENVIRONMENT, TRANSPORT, TRADE, BROADCASTER)
        ),
        exemplars=blocks(
            "Mô hình liên kết sản xuất lúa hữu cơ; mô hình một cửa điện tử tại các đơn vị."
        ),
        rewards=blocks("Kết quả khen thưởng các đơn vị trong Khối được nhận trong năm 2022:"),
        reward_lines=(
            RewardLine("Tập thể lao động xuất sắc", 12, 0),
            RewardLine("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", 7, 21),
            RewardLine("Chiến sĩ thi đua cơ sở", 0, 64),
        ),
        activities=blocks(
            "Khối đã ký kết giao ước thi đua, tổ chức sơ kết 6 tháng đầu năm và phối hợp tổ chức "
            "các hoạt động về nguồn, thể thao, an sinh xã hội."
        ),
        score_text=blocks(
            "Căn cứ tiêu chí đã được Khối thống nhất, kết quả chấm điểm của các đơn vị như sau:"
        ),
        scores=SCORES,
        score_source=SCORE_SOURCE,
        nominations=NOMINATIONS,
        limits=blocks("Một số đơn vị gửi báo cáo và bảng tự chấm điểm còn chậm so với quy định."),
        causes=blocks(
            "Cán bộ làm công tác thi đua, khen thưởng phần lớn kiêm nhiệm và thường thay đổi."
        ),
        lessons=blocks(
            "Phải tăng cường kiểm tra, đôn đốc; chọn nội dung thi đua thiết thực, đo đếm được."
        ),
        goals=blocks(
            "Tiếp tục đổi mới nội dung, hình thức thi đua, khen thưởng của Khối 7 trong năm 2023; "
            "phấn đấu 100% đơn vị hoàn thành tốt nhiệm vụ được giao."
        ),
        tasks=blocks(
            "- Triển khai và phát động các phong trào thi đua, khen thưởng năm 2023;\n"
            "- Ký kết giao ước thi đua trong quý I năm 2023."
        ),
        solutions=blocks("Phát huy vai trò của người đứng đầu; nhân rộng điển hình tiên tiến."),
        proposals=blocks(
            "Đề nghị Ban Thi đua - Khen thưởng tỉnh tổ chức tập huấn nghiệp vụ cho cán bộ làm công "
            "tác thi đua, khen thưởng của các đơn vị trong Khối."
        ),
        closing="",
        recipients=("Các đơn vị thành viên Khối 7", "Lưu: VT, TĐKT"),
        signature=CHAIR_SIGNATURE,
    )


def minutes() -> Minutes:
    return Minutes(
        header=head("BB-KTĐ7", "02"),
        bloc=BLOC,
        year=2022,
        office_year=2023,
        day=CONFERENCE_DAY,
        started_at=datetime.time(8, 0),
        venue="hội trường Sở Nông nghiệp và Phát triển nông thôn",
        member_count=5,
        present_count=5,
        delegations=(
            Delegation(AGRICULTURE, (CHAIR, Person("bà Trần Thị Mẫu", "chuyên viên Văn phòng Sở"))),
            Delegation(ENVIRONMENT, (Person("ông Nguyễn Văn Mẫu", "Phó Giám đốc"),)),
            Delegation(TRANSPORT, (Person("ông Phạm Văn Thử", "Giám đốc"),)),
            Delegation(TRADE, (Person("bà Lý Thị Thử", "Phó Giám đốc"),)),
            Delegation(BROADCASTER, (Person("ông Thạch Văn Mẫu", "Giám đốc"),)),
        ),
        absences=(),
        guests=(Person("ông Hà Trí Trung", "Trưởng Ban Thi đua - Khen thưởng tỉnh"),),
        chair=CHAIR,
        secretary=Person("bà Trần Thị Mẫu", "chuyên viên Văn phòng Sở"),
        opening=blocks(
            "Ông Lê Văn Đông phát biểu khai mạc Hội nghị; đề nghị các đơn vị thành viên trong Khối "
            "tập trung đánh giá những kết quả đã đạt được, chỉ ra những tồn tại, hạn chế và giải "
            "pháp khắc phục."
        ),
        report=blocks(
            "Hội nghị nghe thông qua dự thảo báo cáo tổng kết thực hiện nhiệm vụ năm 2022 và "
            "phương hướng, nhiệm vụ năm 2023."
        ),
        score_text=blocks("Hội nghị nghe trình bày bảng tổng hợp chấm điểm của các đơn vị:"),
        scores=SCORES,
        score_source=SCORE_SOURCE,
        discussion=blocks("Cơ bản các thành viên trong Khối thống nhất cao với dự thảo báo cáo."),
        remarks=(
            Remark(TRADE, blocks("Đề nghị gửi tiêu chí chấm điểm sớm, ngay từ quý I.")),
            Remark(BROADCASTER, blocks("Đề nghị có tiêu chí riêng cho đơn vị sự nghiệp.")),
        ),
        score_changes=(
            ScoreChange(
                AGRICULTURE,
                "T.4. Mô hình mới, cách làm hay được công nhận",
                None,
                D("1"),
                "Hội nghị công nhận mô hình liên kết sản xuất lúa hữu cơ",
            ),
            ScoreChange(
                ENVIRONMENT,
                "IV.4. Tham gia hoạt động của Khối",
                D("0.75"),
                D("1.5"),
                "Bổ sung tài liệu minh chứng tại Hội nghị",
            ),
        ),
        votes=(
            Vote("Thông qua báo cáo tổng kết", "biểu quyết giơ tay", 5, 5, 5),
            Vote(
                "Thông qua bảng tổng hợp chấm điểm",
                "biểu quyết giơ tay",
                5,
                4,
                5,
                abstained=1,
                reservations=(
                    Remark(BROADCASTER, blocks("Đề nghị xem lại cách tính điểm nhóm I năm sau.")),
                ),
            ),
        ),
        nomination_text=(),
        nominations=tuple(
            replace(nomination, vote="05/05 đơn vị thống nhất, đạt tỷ lệ 100%")
            for nomination in NOMINATIONS
        ),
        elected=(
            Elected("Khối trưởng", "Đài Phát thanh và Truyền hình Trà Vinh"),
            Elected("Khối phó", ENVIRONMENT),
        ),
        handover=Handover(
            "Ông Lê Văn Đông, Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn,",
            "Đài Phát thanh và Truyền hình Trà Vinh",
        ),
        board_remarks=(
            Remark(
                "Ông Hà Trí Trung, Trưởng Ban Thi đua - Khen thưởng tỉnh",
                blocks("Ghi nhận kết quả của Khối; đề nghị Khối hoàn chỉnh hồ sơ đúng thời hạn."),
            ),
        ),
        conclusion=blocks(
            "Chủ tọa tiếp thu các ý kiến, đề nghị các đơn vị thành viên tiếp tục phát huy những "
            "kết quả đạt được, nỗ lực thực hiện nhiệm vụ được giao trong năm 2023."
        ),
        adopted_at=datetime.time(11, 15),
        ended_at=datetime.time(11, 30),
        recipients=("Các đơn vị thành viên Khối 7", "Lưu: VT, Hồ sơ"),
        secretary_signature=SignatureBlock("", "", "THƯ KÝ", "", "Trần Thị Mẫu"),
        chair_signature=SignatureBlock("", "", "CHỦ TỌA", "", "Lê Văn Đông"),
    )


def scores(*values: str) -> Scores:
    *groups, bonus, penalty, total = (D(value) for value in values)
    return Scores(tuple(groups), bonus, penalty, total)


ROWS = (
    SummaryRow(
        AGRICULTURE,
        scores("42.73", "24.25", "19.25", "8.50", "1.50", "0", "96.23"),
        scores("41.73", "24.25", "18.75", "10.00", "1.50", "0", "96.23"),
        D("97.23"),
        D("0.00"),
        "1",
        "Xuất sắc",
    ),
    SummaryRow(
        TRANSPORT,
        scores("41.61", "24.00", "18.75", "7.75", "1.50", "0", "93.61"),
        scores("41.36", "24.00", "18.75", "9.25", "1.50", "0", "94.86"),
        D("94.86"),
        D("1.25"),
        "2",
        "Xuất sắc",
    ),
    SummaryRow(
        ENVIRONMENT,
        scores("38.79", "23.75", "18.40", "8.00", "2.00", "0", "90.94"),
        scores("37.79", "23.75", "19.15", "8.75", "2.00", "0", "91.44"),
        D("92.19"),
        D("0.50"),
        "3",
        "Xuất sắc",
    ),
    SummaryRow(
        TRADE,
        scores("39.39", "24.75", "18.30", "7.50", "2.00", "1.00", "90.94"),
        scores("39.39", "23.75", "18.30", "9.00", "2.00", "1.00", "91.44"),
        D("91.44"),
        D("0.50"),
        "4",
        "Xuất sắc",
    ),
    SummaryRow(
        BROADCASTER,
        scores("41.29", "23.25", "16.75", "8.00", "1.00", "0", "90.29"),
        scores("38.56", "22.75", "16.75", "9.00", "1.00", "0", "88.06"),
        D("88.06"),
        D("-2.23"),
        "5",
        "Tốt",
    ),
)


def summary(count: int = 5, groups: int = 4) -> SummaryTable:
    """The table with ``count`` members and ``groups`` groups; the five of Khối 7 come first."""
    more = tuple(
        replace(
            ROWS[at % 5],
            name=f"{ROWS[at % 5].name} ({at + 1})",
            claimed=ROWS[at % 5].claimed,
            rank=str(at + 1),
        )
        for at in range(5, count)
    )
    heads = (
        Group("I", "Thực hiện nhiệm vụ chính trị", D(45)),
        Group("II", "Thực hiện chủ trương của Đảng, pháp luật của Nhà nước", D(25)),
        Group("III", "Công tác thi đua, khen thưởng", D(20)),
        Group("IV", "Hoạt động của Khối", D(10)),
        *(Group(f"{at}", f"Nhóm {at}", D(10)) for at in range(5, groups + 1)),
    )[:groups]

    def stretched(stage: Scores) -> Scores:
        return replace(stage, groups=(stage.groups * 3)[:groups])

    return SummaryTable(
        header=head(""),
        place_date=PlaceDate("Trà Vinh", CONFERENCE_DAY, 2023),
        annex=None,
        bloc=BLOC,
        year=2022,
        places=2,
        groups=heads,
        bonus_cap=D(5),
        rows=tuple(
            replace(row, claimed=stretched(row.claimed), appraised=stretched(row.appraised))
            for row in (ROWS + more)[:count]
        ),
        version=1,
        adopted_on=CONFERENCE_DAY,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        policies=(
            "Tiêu chí không áp dụng: điểm của nhóm được quy đổi theo tỷ lệ của các tiêu chí "
            "còn lại (áp dụng cho Đài Phát thanh và Truyền hình, nhóm I).",
        ),
        notes=("Tiêu chí tự chấm sát được tính sau khi thẩm định, không có trong cột Tự chấm.",),
        signatures=(
            SignatureBlock("", "", "NGƯỜI LẬP BẢNG", "", "Trần Thị Mẫu"),
            SignatureBlock("", "", "KHỐI PHÓ", "", "Phạm Văn Thử"),
            replace(CHAIR_SIGNATURE, authority_prefix="", body_line=""),
        ),
    )
