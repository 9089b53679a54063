"""Exemplary models and numbers of rewards of Khối 7's members: people and numbers are invented."""

from __future__ import annotations

from blocs.models import ExemplaryModel, ModelKind, RewardCount

COLLECTIVE, INDIVIDUAL = ModelKind.COLLECTIVE, ModelKind.INDIVIDUAL

MODELS: dict[str, tuple[tuple[ModelKind, str, str, str], ...]] = {
    "nong-nghiep": (
        (
            COLLECTIVE,
            "Phòng Trồng trọt",
            "",
            "Hướng dẫn nông dân liên kết sản xuất lúa hữu cơ; mô hình được nhân rộng ra các xã.",
        ),
        (
            INDIVIDUAL,
            "Nguyễn Thị Hoa",
            "Chuyên viên Phòng Kế hoạch - Tài chính",
            "Có sáng kiến rút ngắn thời gian thẩm định hồ sơ nông thôn mới.",
        ),
    ),
    "tai-nguyen": (
        (
            COLLECTIVE,
            "Văn phòng Đăng ký đất đai",
            "",
            "Giải quyết hồ sơ đất đai đúng hạn; tổ chức tiếp nhận hồ sơ tại nhà cho người cao "
            "tuổi.",
        ),
        (
            INDIVIDUAL,
            "Trần Văn Khang",
            "Viên chức Trung tâm Quan trắc",
            "Cải tiến quy trình lấy mẫu, tiết kiệm chi phí quan trắc môi trường.",
        ),
    ),
    "giao-thong": (
        (
            COLLECTIVE,
            "Phòng Quản lý kết cấu hạ tầng giao thông",
            "",
            "Vận động cùng Nhân dân xây dựng cầu, đường nông thôn.",
        ),
        (
            INDIVIDUAL,
            "Phạm Thị Lan",
            "Chuyên viên Phòng Quản lý vận tải",
            "Đề xuất và vận hành tiếp nhận hồ sơ đổi giấy phép lái xe trực tuyến.",
        ),
    ),
    "cong-thuong": (
        (
            INDIVIDUAL,
            "Lê Văn Minh",
            "Phó Trưởng phòng Quản lý thương mại",
            "Tổ chức các chương trình kết nối cung cầu, đưa hàng Việt về nông thôn.",
        ),
    ),
    "phat-thanh": (
        (
            COLLECTIVE,
            "Phòng Thời sự",
            "",
            "Duy trì chuyên mục người tốt, việc tốt phát sóng hằng tuần bằng tiếng Việt và tiếng "
            "Khmer.",
        ),
        (
            INDIVIDUAL,
            "Thạch Thị Ngọc",
            "Phóng viên Phòng Chuyên đề",
            "Thực hiện loạt phóng sự về các gương điển hình tiên tiến trong tỉnh.",
        ),
    ),
}

REWARDS: dict[str, tuple[tuple[str, int, int], ...]] = {
    "nong-nghiep": (
        ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", 2, 6),
        ("Chiến sĩ thi đua cơ sở", 0, 19),
        ("Tập thể lao động xuất sắc", 4, 0),
        ("Lao động tiên tiến", 0, 121),
        ("Giấy khen của thủ trưởng đơn vị", 5, 28),
    ),
    "tai-nguyen": (
        ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", 1, 4),
        ("Chiến sĩ thi đua cơ sở", 0, 12),
        ("Tập thể lao động xuất sắc", 3, 0),
        ("Lao động tiên tiến", 0, 80),
    ),
    "giao-thong": (
        ("Bằng khen của Bộ, ban, ngành Trung ương", 1, 2),
        ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", 1, 3),
        ("Chiến sĩ thi đua cơ sở", 0, 10),
        ("Lao động tiên tiến", 0, 66),
    ),
    "cong-thuong": (
        ("Chiến sĩ thi đua cơ sở", 0, 7),
        ("Tập thể lao động tiên tiến", 4, 0),
        ("Lao động tiên tiến", 0, 50),
    ),
    "phat-thanh": (
        ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", 1, 5),
        ("Chiến sĩ thi đua cơ sở", 0, 14),
        ("Tập thể lao động tiên tiến", 5, 0),
        ("Lao động tiên tiến", 0, 97),
    ),
}


def models_of(slug: str) -> list[ExemplaryModel]:
    return [
        ExemplaryModel(kind=kind, name=name, unit=unit, deeds=deeds)
        for kind, name, unit, deeds in MODELS[slug]
    ]


def rewards_of(slug: str) -> list[RewardCount]:
    return [
        RewardCount(form=form, collectives=collectives, individuals=individuals)
        for form, collectives, individuals in REWARDS[slug]
    ]
