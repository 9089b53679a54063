"""The pictures of the table: what is drawn, and that no odd number or name breaks them."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from scoring.charts import paired as p
from scoring.charts import stacked as s
from scoring.charts.geometry import NAMES, WIDTH, cut, scale_of, width_of, wrapped

WORDS = s.StackWords("Điểm", "Mỗi đơn vị một thanh", ("I. Một", "II. Hai"), "Thưởng", "Trừ")
PAIR_WORDS = p.PairWords("Tự chấm", "Hai thanh", ("Tự chấm", "Thẩm định"))
LONG = "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh Trà Vinh và những đơn vị khác nữa"


def stack(name="Sở A", groups=("42.5", "8"), bonus="1.5", penalty="0"):
    numbers = tuple(Decimal(one) for one in groups)
    plus, minus = Decimal(bonus), Decimal(penalty)
    return s.Stack(name, numbers, plus, minus, sum(numbers) + plus - minus)


def drawn(chart):
    text = render_to_string("scoring/charts/_bars.svg", {"chart": chart})
    return ElementTree.fromstring(text), text  # noqa: S314 -- our own template


def picture(*stacks):
    return s.stacked(stacks, WORDS, s.scale_for(stacks), key="k", places=2)


def inside(chart):
    for box in chart.boxes:
        assert float(box.width) >= 0
        assert float(box.x) >= -0.1
        assert float(box.x) + float(box.width) <= WIDTH + 0.1
        assert float(box.y) + float(box.height) <= float(chart.height)
    for label in chart.labels:
        assert -0.1 <= float(label.x) <= WIDTH
        assert float(label.y) <= float(chart.height)


def test_lengths_are_in_proportion_and_parts_touch():
    chart = picture(stack(groups=("40", "20"), bonus="0"))
    first, second = [box for box in chart.boxes if float(box.x) >= NAMES and box.height == "20.0"]
    assert float(first.width) == pytest.approx(2 * float(second.width), abs=0.2)
    assert float(first.x) + float(first.width) == pytest.approx(float(second.x), abs=0.2)


def test_a_penalty_stands_left_of_zero_and_the_total_is_written():
    chart = picture(stack(penalty="3"), stack("Sở B"))
    zero = next(float(rule.x) for rule in chart.rules if rule.strong)
    minus = [box for box in chart.boxes if box.fill == 3 and box.height == "20.0"]
    assert len(minus) == 1
    assert float(minus[0].x) + float(minus[0].width) == pytest.approx(zero, abs=0.2)
    assert {"49,00", "52,00"} <= {label.text for label in chart.labels}


@pytest.mark.parametrize(
    "stacks",
    [
        [stack()],
        [stack(penalty="90")],  # a negative total
        [stack(groups=("0", "0"), bonus="0")],
        [stack(groups=("0", "0"), bonus="0", penalty="0.01")],
        [stack(LONG), stack("")],
        [stack(f"Sở {n}") for n in range(60)],
        [stack(groups=("4273", "2425"))],
        [],
    ],
)
def test_no_number_name_or_size_breaks_the_picture(stacks):
    inside(picture(*stacks))
    pairs = [p.Pair(one.name, (one.total, one.total - 1)) for one in stacks]
    inside(p.paired(pairs, PAIR_WORDS, p.scale_for(pairs), key="p", places=2))


def test_long_names_take_two_lines_and_are_cut():
    lines = wrapped(LONG)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width_of(line) <= NAMES for line in lines)
    assert wrapped("Sở GTVT") == ["Sở GTVT"]
    assert cut("Sở", 100) == "Sở"


def test_the_scale_holds_zero_and_is_never_empty():
    for low, high in ((0, 0), (5, 9), (-3, 0), (-3, -1)):
        scale = scale_of(Decimal(low), Decimal(high))
        assert scale.low <= 0 <= scale.high
        assert scale.low < scale.high
        assert Decimal(0) in scale.ticks


def test_the_drawing_is_accessible_and_carries_no_style():
    root, text = drawn(picture(stack()))
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby").split()
    texts = {one.get("id"): one.text for one in root.iter() if one.get("id") in ids}
    assert list(texts.values()) == ["Điểm", "Mỗi đơn vị một thanh"]
    assert "style" not in text
    assert "<script" not in text


def test_a_locale_puts_no_comma_into_a_place():
    with translation.override("vi"):
        root, _text = drawn(picture(*[stack(f"Sở {n}") for n in range(60)]))
    for one in root.iter():
        for name in ("x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox"):
            assert re.fullmatch(r"[-0-9. ]*", one.get(name) or ""), (one.tag, name)


def test_parts_differ_without_colour():
    """Lightness or hatching tells every part from its neighbours, bonus and penalty too."""
    chart = picture(stack())
    assert len({(fill.ground, fill.hatch) for fill in chart.fills}) == len(chart.fills)


def test_names_are_escaped():
    _root, text = drawn(picture(stack("<b>&")))
    assert "<b>" not in text
    assert "&lt;b&gt;&amp;" in text
