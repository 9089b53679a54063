"""Reading 21: a criteria set is loaded strictly, and refused in one line."""

from __future__ import annotations

import json
import unicodedata
from decimal import Decimal

import pytest

from scoring.kernel.errors import CriteriaError
from scoring.kernel.loading import parse_yaml, read_rule, read_set, write_rule, write_set
from tests.kernel.building import EXAMPLES, document_of, example_set, judged, leaf, penalty

SETS = sorted(path.name for path in EXAMPLES.glob("*.yaml"))


@pytest.mark.parametrize(
    ("name", "scale", "leaves", "bonuses", "penalties", "knockouts"),
    [
        ("set-a-100-points.yaml", 100, 43, 5, 5, 9),
        ("set-b-enterprise-100.yaml", 100, 9, 2, 1, 2),
        ("set-c-1000-rate-based.yaml", 1000, 13, 1, 1, 1),
    ],
)
def test_example_set_loads(name, scale, leaves, bonuses, penalties, knockouts):
    criteria = example_set(name)
    sizes = [criteria.leaves, criteria.bonus, criteria.penalties, criteria.knockouts]
    assert criteria.scale == scale
    assert [len(part) for part in sizes] == [leaves, bonuses, penalties, knockouts]


@pytest.mark.parametrize("name", SETS)
def test_example_set_survives_writing_as_json(name):
    criteria = example_set(name)
    assert read_set(json.loads(json.dumps(write_set(criteria)))) == criteria
    for criterion in criteria.criteria:
        rule = write_rule(criterion.rule)
        assert read_rule(rule, criterion.code, criterion.part) == criterion.rule


def test_tree_is_found_by_code():
    criteria = example_set("set-a-100-points.yaml")
    assert criteria.find("I.1.2").verifier == "Văn phòng UBND tỉnh"
    assert criteria.group_of("I.1.2").code == "I"
    assert [node.code for node in criteria.nodes][:3] == ["I", "I.1", "I.2"]


SET_A = (EXAMPLES / "set-a-100-points.yaml").read_text(encoding="utf-8")

# What is replaced in set A, by what, and the line that refuses it.
REFUSALS = [
    ("max: 45", "max: 44", "I: the children add up to 45, the maximum is 44."),
    ("scale: 100", "scale: 101", "KTD7-2022: the groups add up to 100, the scale is 101."),
    ("{min: 100, points: 10}", "{min: 100, points: 9}", "I.1.1: the best outcome is 9, the m"),
    ("cap: 1.5, name", "cap: 2.5, name", "T.3: the best outcome is 1.5, the cap is 2.5."),
    ('points: 1.5}, {label: "Xếp nhóm t', 'points: 1.4}, {label: "Xếp nhóm t', "I.2.4: the level"),
    ("code: I.1.2, max: 6", "code: I.1.1, max: 6", "I.1.1: the code is used 2 times"),
    ("code: I.1.2, max: 6", "code: 1.10, max: 6", "1.10: a code is text; write it in quotes."),
    ("code: I.1.2, max: 6", "code: I.1.2, max: 6, max: 6", "I.1.2: line 26 repeats the key max."),
    ("code: I.1.2, max: 6", "code: I.1.2, weight: 6", "I.1.2: the key max is missing."),
    ("code: I.1.2, max: 6", "code: I.1.2, w: 1, max: 6", "I.1.2: the key w is not known here."),
    ("code: I.1.2, max: 6", "code: I.1.2, max: .inf", "I.1.2: line 26: .inf is not a plain nu"),
    ("code: I.1.2, max: 6", "code: I.1.2, max: .nan", "I.1.2: line 26: .nan is not a plain nu"),
    ("code: I.1.2, max: 6", "code: I.1.2, max: 6e0", "I.1.2: max must be a plain number"),
    ("code: I.1.2, max: 6", "code: I.1.2, max: 0x6", "I.1.2: line 26: 0x6 is not a plain num"),
    ("code: I.1.2, max: 6", "code: I.1.2, max: true", "I.1.2: max must be a plain number"),
    ("code: I.1.2, max: 6", "code: I.1.2, max: -6", "I.1.2: max is -6; it must be above 0."),
    ("code: I.1.2, max: 6", "code: I.1.2, max: 6.001", "I.1.2: 6.001 has more than 2 decimals."),
    ("code: I.1.2, max: 6", "code: &a I.1.2, max: 6", "criteria_set: line 26 has a YAML anchor"),
    ("code: I.1.2, max: 6", "code: !!str I.1.2, max: 6", "criteria_set: line 26 has a YAML tag."),
    ("cap: 1.0, zero_below: 0.5", "cap: 1.2", "I.1.2: the cap of a ratio is 1.2; only 1 is"),
    ("zero_below: 0.5", "zero_below: 1.5", "I.1.2: zero_below is 1.5; it must not be above 1."),
    ("zero_below: 0.5", "zero: 0.5", "I.1.2: the key zero is not known here."),
    ('kind: bands, unit: "% chỉ', 'kind: band, unit: "% chỉ', 'I.1.1: the rule "band" is not'),
    ('kind: bands, unit: "% chỉ', 'kind: penalty, each: 1, unit: "%', 'I.1.1: the rule "penalty"'),
    ("{min: 95, points: 8}", "{min: 90, points: 8}", "I.1.1: two rows of the table have min 90."),
    ("tie_break: [group:I,", "tie_break: [group:I.1,", "KTD7-2022: the tie rule group:I.1 is not"),
    ("tie_break: [group:I,", "tie_break: [luck,", "KTD7-2022: the tie rule luck is not one of"),
    ("knockout: K2", "knockout: K0", "TR.1: there is no knock-out K0."),
    ("code: K9, effect: UNRANK", "code: K9, effect: SHAME", "K9: effect is SHAME; possible: "),
    ("code: K9, effect: UNRANK", "code: K9, effect: CAP_GRADE", "K9: the key grade is missing."),
    (
        "code: K9, effect: UNRANK",
        "code: K9, grade: Vàng, effect: CAP_GRADE",
        'K9: there is no grade "Vàng".',
    ),
    ("na_policy: FULL}", "na_policy: HALF}", "I.4.1: na_policy is HALF; possible: FULL, RESCALE"),
    ("set_by: CONFERENCE", "set_by: LEADER", "T.4: set_by is LEADER; possible: CONFERENCE."),
    ("set_by: CONFERENCE", "set_by: CONFERENCE, auto: true", "T.4: auto and set_by exclude each"),
    ("auto: true}", "auto: yes}", "IV.1: auto must be true or false."),
    ("mode: HALF_UP", "mode: HALF_EVEN", "KTD7-2022: mode is HALF_EVEN; possible: HALF_UP."),
    ('{label: "Yếu", min: 0}', '{label: "Yếu", min: 50}', "KTD7-2022: two grades begin at 50."),
    ("late_days_max: 5, points: 1}", "late_days_max: 5, points: 3}", "IV.1: a later row gives 3"),
    ('formula: "abs(', 'formula: "sqrt(', "IV.4: the only formula is"),
    ("  bonus_cap: 5\n", "", "KTD7-2022: the key bonus_cap is missing."),
    ("  groups:", "  groups: [", "criteria_set: line "),
    ("criteria_set:", "criteria:", "criteria_set: the key criteria_set is missing."),
    (SET_A, "- 1", "criteria_set: the file must hold keys with values."),
    (SET_A, "", "criteria_set: the file must hold keys with values."),
    (SET_A, "a: " + "[" * 40, "criteria_set: line 1 is nested too deeply."),
    (SET_A, "a: \x00", "criteria_set: line 1 is not YAML: "),
]


@pytest.mark.parametrize(("old", "new", "line"), REFUSALS)
def test_defective_set_is_refused_in_one_line_that_names_the_code(old, new, line):
    """Reading 21."""
    assert old in SET_A
    with pytest.raises(CriteriaError) as refusal:
        read_set(parse_yaml(SET_A.replace(old, new, 1)))
    assert str(refusal.value).startswith(line)
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).startswith(refusal.value.code)


def test_numbers_never_pass_through_binary_floats():
    """Reading 21."""
    found = parse_yaml("a: 0.1\nb: 123456789.123456\nc: [100, -2.50]")
    assert found == {
        "a": Decimal("0.1"),
        "b": Decimal("123456789.123456"),
        "c": [Decimal(100), Decimal("-2.50")],
    }
    with pytest.raises(CriteriaError, match="scale must be a plain number"):
        read_set(document_of({"I": [judged("I.1")]}, scale=10.0))


def test_words_stay_words():
    """Reading 21: YAML 1.1 would read no and on as truth values and a day as a date."""
    assert parse_yaml("a: No\nb: on\nc: true\nd: 2022-03-31") == {
        "a": "No",
        "b": "on",
        "c": True,
        "d": "2022-03-31",
    }


def decompose(text):
    return unicodedata.normalize("NFD", text)


def test_codes_are_compared_composed_and_never_accent_folded():
    """Reading 21: d is not đ, and two spellings of one code are one code."""
    read_set(document_of({"I": [judged("d"), judged("đ")]}))
    decomposed = decompose("Ê.1")
    assert decomposed != "Ê.1"
    with pytest.raises(CriteriaError, match="Ê.1: the code is used 2 times"):
        read_set(document_of({"I": [judged("Ê.1"), judged(decomposed)]}))


def test_labels_are_compared_composed():
    """Reading 21: a level typed on another keyboard is the same level."""
    label = "Tốt"
    rule = {"kind": "levels", "levels": [{"label": decompose(label), "points": "2"}]}
    levels = read_rule(rule, "I.1")
    assert levels.read({"level": label}) == levels.read({"level": decompose(label)})


def test_caps_may_add_up_to_more_than_the_cap_of_all():
    """Reading 21."""
    criteria = example_set("set-a-100-points.yaml")
    assert sum(one.max for one in criteria.bonus) == Decimal("6.5")
    assert criteria.bonus_cap == 5


def test_markup_in_names_is_kept_as_it_is():
    """Reading 21: whoever prints a name escapes it."""
    criteria = read_set(document_of({"I": [judged("I.1")]}, title="<b>bold</b> & 100 %(x)s"))
    assert criteria.title == "<b>bold</b> & 100 %(x)s"


def test_judged_maximum_that_no_step_reaches_is_refused():
    """Reading 4: typed points are multiples of the step."""
    with pytest.raises(CriteriaError, match="I.1: the best outcome is 10, the maximum is 10.1."):
        read_set(document_of({"I": [judged("I.1", "10.1")]}))


def test_derived_is_always_fed_by_the_system():
    """Reading 12."""
    derived = {"kind": "derived", "table": [{"max_delta": "1", "points": "2"}], "beyond": "0"}
    criteria = read_set(document_of({"I": [leaf("I.1", "2", derived), judged("I.2")]}))
    assert criteria.find("I.1").auto
    with pytest.raises(CriteriaError, match="I.1: a derived criterion always applies"):
        read_set(document_of({"I": [leaf("I.1", "2", derived, na_policy="FULL"), judged("I.2")]}))


def test_penalty_that_grows_smaller_with_lateness_is_refused():
    table = [{"late_days_max": "3", "minus": "2"}, {"late_days_max": "9", "minus": "1"}]
    rule = {"kind": "deadline_penalty", "table": table, "beyond": "5"}
    with pytest.raises(CriteriaError, match="TR.1: a later row gives 2, an earlier one 1."):
        read_set(document_of({"I": [judged("I.1")]}, penalties=[penalty("TR.1", rule)]))
