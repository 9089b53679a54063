"""The prose of the demo: written for it, on the facts of the conference of 23/02/2023."""

from __future__ import annotations

from decimal import Decimal


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


MEMBER_REPORTS: dict[str, dict[str, object]] = {
    "nong-nghiep": {
        "staff": 148,
        "results": (
            "Sở đã tham mưu hoàn thành các chỉ tiêu về nông nghiệp, nông thôn được giao; phong "
            "trào chung sức xây dựng nông thôn mới được triển khai đến từng xã, gắn với các mô "
            "hình sản xuất của nông dân.\n"
            "\n"
            "Trong vai trò Khối trưởng, Sở đã chủ trì ký kết giao ước, tổ chức sơ kết và hướng "
            "dẫn các đơn vị chấm điểm."
        ),
        "shortcomings": "Tỷ lệ giải ngân vốn đầu tư còn thấp hơn kế hoạch ở một số dự án.",
        "proposals": "Gửi tiêu chí chấm điểm đến các đơn vị ngay trong quý I.",
    },
    "tai-nguyen": {
        "staff": 96,
        "results": (
            "Sở tập trung giải quyết hồ sơ đất đai đúng hạn, phát động phong trào bảo vệ môi "
            "trường và tổ chức ra quân trồng cây, làm sạch môi trường cùng các đơn vị trong Khối."
        ),
        "shortcomings": "Một số hồ sơ thủ tục hành chính trong quý I còn trễ hạn.",
        "proposals": "",
    },
    "giao-thong": {
        "staff": 74,
        "results": (
            "Sở thực hiện tốt phong trào thi đua bảo đảm trật tự, an toàn giao thông và xây dựng "
            "cầu, đường nông thôn; tỷ lệ hồ sơ trực tuyến vượt chỉ tiêu được giao."
        ),
        "shortcomings": "Công tác tuyên truyền gương điển hình chưa thường xuyên.",
        "proposals": "Tổ chức giao lưu, chia sẻ cách làm hay giữa các đơn vị trong Khối.",
    },
    "cong-thuong": {
        "staff": 58,
        "results": (
            "Sở phát động phong trào thi đua lao động sản xuất, kinh doanh giỏi; phối hợp tổ "
            "chức các chương trình kết nối cung cầu, hỗ trợ doanh nghiệp phục hồi sau dịch."
        ),
        "shortcomings": "Nộp bảng tự chấm điểm chậm 01 ngày.",
        "proposals": "",
    },
    "phat-thanh": {
        "staff": 112,
        "results": (
            "Đài duy trì các chuyên mục về thi đua yêu nước, người tốt, việc tốt; hoàn thành kế "
            "hoạch sản xuất chương trình và nhiệm vụ tuyên truyền chính trị của tỉnh."
        ),
        "shortcomings": "Chưa phân công công chức chuyên trách thi đua, khen thưởng từ đầu năm.",
        "proposals": "Có hướng dẫn riêng về các tiêu chí không áp dụng đối với đơn vị sự nghiệp.",
    },
}

RESERVATION = (
    "Thống nhất với báo cáo; đề nghị nêu rõ hơn giải pháp khắc phục việc nộp báo cáo trễ hạn."
)

REMARKS: dict[str, str] = {
    "tai-nguyen": (
        "Đánh giá cao việc tổ chức các phong trào thi đua của Khối; đề nghị công nhận đợt ra "
        "quân trồng cây, làm sạch môi trường là hoạt động chung của Khối."
    ),
    "giao-thong": "Đề nghị tiếp tục đổi mới nội dung, hình thức thi đua trong năm 2023.",
    "cong-thuong": "Đề xuất tổ chức tập huấn chấm điểm cho công chức phụ trách trước khi tự chấm.",
    "phat-thanh": "Đề nghị Khối sớm hướng dẫn các tiêu chí không áp dụng cho đơn vị sự nghiệp.",
}

PAPERS: dict[str, dict[str, str]] = {
    "report": {
        "opening": (
            "Thực hiện hướng dẫn của Ban Thi đua - Khen thưởng tỉnh về tổng kết công tác thi "
            "đua, khen thưởng năm 2022, Khối thi đua Khối 7 báo cáo kết quả thực hiện như sau:"
        ),
        "situation": (
            "# Thuận lợi\n"
            "Khối nhận được sự quan tâm lãnh đạo, chỉ đạo của Tỉnh ủy, Ủy ban nhân dân tỉnh và "
            "sự hướng dẫn của Ban Thi đua - Khen thưởng tỉnh; các đơn vị thành viên đoàn kết, "
            "phối hợp chặt chẽ trong hoạt động của Khối.\n"
            "\n"
            "# Khó khăn\n"
            "Dịch Covid-19 còn ảnh hưởng đến hoạt động của các đơn vị trong những tháng đầu năm; "
            "công chức làm công tác thi đua, khen thưởng phần lớn kiêm nhiệm."
        ),
        "leadership": (
            "Ngay từ đầu năm, Khối trưởng đã ban hành kế hoạch hoạt động, thống nhất bảng tiêu "
            "chí chấm điểm và tổ chức ký kết giao ước thi đua giữa các đơn vị."
        ),
        "movements": (
            "Các đơn vị đã bám sát nhiệm vụ chính trị để phát động các phong trào:\n"
            "\n"
            "- Chung sức xây dựng nông thôn mới, nông thôn mới nâng cao, nông thôn mới kiểu "
            "mẫu;\n"
            "- Thi đua lao động sản xuất, kinh doanh giỏi;\n"
            "- Thi đua cải cách thủ tục hành chính."
        ),
        "exemplars": (
            "Qua các phong trào đã xuất hiện nhiều tập thể, cá nhân tiêu biểu trong lao động, "
            "học tập và công tác, được các đơn vị biểu dương, nhân rộng."
        ),
        "rewards": "Công tác khen thưởng được thực hiện kịp thời, đúng quy trình, đúng đối tượng.",
        "activities": (
            "Khối tổ chức 03 hội nghị trong năm và các hoạt động chung về an sinh xã hội, bảo vệ "
            "môi trường."
        ),
        "score_text": (
            "Trên cơ sở điểm tự chấm, kết quả thẩm định và thống nhất tại Hội nghị, điểm và thứ "
            "hạng của các đơn vị như sau:"
        ),
        "limits": (
            "Một số đơn vị nộp báo cáo và bảng tự chấm điểm chưa đúng thời gian; tuyên truyền "
            "gương điển hình chưa đều giữa các đơn vị."
        ),
        "causes": (
            "Nhiệm vụ chuyên môn nhiều, công chức kiêm nhiệm; một số số liệu do cơ quan khác "
            "công bố sau thời điểm chấm điểm."
        ),
        "lessons": "Phát động sớm, giao chỉ tiêu cụ thể và kiểm tra thường xuyên.",
        "goals": (
            "Tiếp tục đổi mới nội dung, hình thức thi đua, khen thưởng; 100% đơn vị hoàn thành "
            "tốt nhiệm vụ được giao năm 2023."
        ),
        "tasks": (
            "- Tổ chức ký kết giao ước thi đua năm 2023 trong quý I;\n"
            "- Phát động và sơ kết các phong trào thi đua theo kế hoạch;\n"
            "- Phát hiện, nhân rộng điển hình tiên tiến."
        ),
        "solutions": (
            "Phát huy vai trò người đứng đầu; thống nhất tiêu chí và tập huấn chấm điểm ngay từ "
            "đầu năm; tăng cường trao đổi giữa các đơn vị trong Khối."
        ),
        "proposals": (
            "Đề nghị Ban Thi đua - Khen thưởng tỉnh tổ chức tập huấn nghiệp vụ cho công chức, "
            "viên chức làm công tác thi đua, khen thưởng."
        ),
    },
    "minutes": {
        "opening": (
            "Ông Lê Văn Đông phát biểu khai mạc, nhận định các phong trào thi đua của Khối năm "
            "2022 được phát động kịp thời, thiết thực; đề nghị các đơn vị đánh giá đúng kết quả, "
            "chỉ ra hạn chế và giải pháp khắc phục."
        ),
        "report": (
            "Hội nghị nghe thông qua dự thảo báo cáo tổng kết công tác thi đua, khen thưởng năm "
            "2022 và phương hướng, nhiệm vụ năm 2023 của Khối."
        ),
        "score_text": (
            "Hội nghị nghe thông qua bảng tổng hợp chấm điểm; kết quả sau khi Hội nghị thống nhất:"
        ),
        "discussion": (
            "Các thành viên cơ bản thống nhất cao với dự thảo báo cáo và bảng tổng hợp chấm điểm."
        ),
        "nomination_text": (
            "Với kết quả đã đạt được, các thành viên trong Khối thống nhất bình xét:"
        ),
        "conclusion": (
            "Chủ tọa đề nghị các đơn vị tiếp tục phát huy kết quả đạt được, hăng hái thi đua, "
            "góp phần hoàn thành nhiệm vụ phát triển kinh tế - xã hội của tỉnh năm 2023."
        ),
    },
}

COVENANT: dict[str, str] = {
    "opening": (
        "Thực hiện phong trào thi đua yêu nước do tỉnh phát động và kế hoạch hoạt động của Khối, "
        "các cơ quan, đơn vị thành viên thống nhất ký kết giao ước thi đua với các nội dung sau:"
    ),
    "contents": (
        "Đoàn kết, phối hợp, giúp đỡ nhau hoàn thành nhiệm vụ chính trị được giao trong năm.\n"
        "Tổ chức phát động, đăng ký và tổng kết các phong trào thi đua đúng thời gian quy định, "
        "trọng tâm là:\n"
        "- Phong trào chung sức xây dựng nông thôn mới;\n"
        "- Phong trào lao động sản xuất, kinh doanh giỏi;\n"
        "- Phong trào cải cách thủ tục hành chính.\n"
        "Phát hiện, bồi dưỡng và nhân rộng điển hình tiên tiến; khen thưởng kịp thời, chính xác.\n"
        "Tham gia đầy đủ các hoạt động của Khối; tự chấm điểm trung thực, đúng tiêu chí."
    ),
    "targets": (
        "- 100% cơ quan, đơn vị hoàn thành tốt nhiệm vụ được giao;\n"
        "- 100% cán bộ, công chức, viên chức đăng ký thi đua ngay từ đầu năm;\n"
        "- Mỗi cơ quan, đơn vị có ít nhất 01 mô hình mới hoặc điển hình tiên tiến."
    ),
}

INVITATION: dict[str, str] = {
    "programme": (
        "- Báo cáo tổng kết công tác thi đua, khen thưởng năm 2022;\n"
        "- Thông qua bảng tổng hợp chấm điểm và bình xét thi đua;\n"
        "- Bầu Khối trưởng, Khối phó năm 2023 và bàn giao cờ luân lưu."
    ),
    "notes": "Đề nghị mỗi đơn vị cử 01 lãnh đạo và công chức phụ trách công tác thi đua.",
    "guests": "Ban Thi đua - Khen thưởng tỉnh",
}

GROUNDS: dict[str, str] = {
    "nong-nghiep": (
        "Dẫn đầu Khối về điểm thi đua năm 2022; hoàn thành các chỉ tiêu được giao; tổ chức tốt "
        "phong trào xây dựng nông thôn mới và hoàn thành nhiệm vụ Khối trưởng."
    ),
    "giao-thong": (
        "Xếp thứ hai của Khối; có thành tích trong phong trào bảo đảm trật tự, an toàn giao "
        "thông và cải cách thủ tục hành chính."
    ),
}

ACHIEVEMENTS: dict[str, dict[str, str]] = {
    "nong-nghiep": {
        "situation": (
            "Sở Nông nghiệp và Phát triển nông thôn là cơ quan chuyên môn thuộc Ủy ban nhân dân "
            "tỉnh, trụ sở đặt tại thành phố Trà Vinh; tổng số 148 công chức, viên chức (số liệu "
            "minh họa)."
        ),
        "functions": (
            "Tham mưu, giúp Ủy ban nhân dân tỉnh quản lý nhà nước về nông nghiệp, lâm nghiệp, thủy "
            "sản, thủy lợi và phát triển nông thôn trên địa bàn tỉnh."
        ),
        "results": (
            "Hoàn thành các chỉ tiêu về nông nghiệp, nông thôn được giao trong năm 2022; đứng đầu "
            "Khối về tổng điểm thi đua."
        ),
        "measures": (
            "Phát động và duy trì phong trào chung sức xây dựng nông thôn mới, nông thôn mới nâng "
            "cao, nông thôn mới kiểu mẫu; nhân rộng các mô hình sản xuất của nông dân."
        ),
        "compliance": (
            "Chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước; thực hiện đầy "
            "đủ quy chế dân chủ và công tác phòng, chống tham nhũng."
        ),
        "organisations": "Tổ chức đảng, công đoàn, đoàn thanh niên hoàn thành tốt nhiệm vụ.",
    },
    "giao-thong": {
        "situation": (
            "Sở Giao thông vận tải là cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, trụ sở đặt "
            "tại thành phố Trà Vinh; tổng số 74 công chức, viên chức (số liệu minh họa)."
        ),
        "functions": (
            "Tham mưu, giúp Ủy ban nhân dân tỉnh quản lý nhà nước về đường bộ, đường thủy nội địa, "
            "vận tải và an toàn giao thông trên địa bàn tỉnh."
        ),
        "results": (
            "Tỷ lệ hồ sơ trực tuyến vượt chỉ tiêu được giao; xếp thứ hai của Khối về tổng điểm thi "
            "đua năm 2022."
        ),
        "measures": (
            "Đẩy mạnh phong trào thi đua bảo đảm trật tự, an toàn giao thông và xây dựng cầu, "
            "đường nông thôn; cải cách thủ tục hành chính trong lĩnh vực vận tải."
        ),
        "compliance": "Chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước.",
        "organisations": "Tổ chức đảng, công đoàn, đoàn thanh niên hoàn thành tốt nhiệm vụ.",
    },
}

# Invented, and each decision number says so.
PAST_AWARDS: dict[str, tuple[tuple[int, str, str, str, str], ...]] = {
    "nong-nghiep": (
        (2021, "title", "Tập thể lao động xuất sắc", "01/QĐ-UBND (số minh họa)", "2022-03-15"),
        (
            2020,
            "reward",
            "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
            "02/QĐ-UBND (số minh họa)",
            "2021-03-12",
        ),
    ),
    "giao-thong": (
        (2021, "title", "Tập thể lao động xuất sắc", "03/QĐ-UBND (số minh họa)", "2022-03-15"),
    ),
}
AUTHORITY = "Chủ tịch Ủy ban nhân dân tỉnh Trà Vinh"
