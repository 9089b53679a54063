"""What holds for every set and every answer, tried on generated ones."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from time import perf_counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.kernel.answers_file import read_case
from scoring.kernel.arithmetic import rounded
from scoring.kernel.loading import read_rule, read_set, write_set
from scoring.kernel.ranking import Contender, rank
from scoring.kernel.rules.inputs import Attainment, Count, Counts, Distance, Value
from scoring.kernel.tabulation import as_json, tabulate
from tests.kernel.building import judged, leaf, penalty, raw_case

QUARTERS = st.integers(1, 40).map(lambda n: Decimal(n) / 4)
FIGURES = st.decimals(0, 1000, places=3)
STAGES = ("self", "appraised", "agreed")


@st.composite
def trees(draw, code="I", depth=3):
    """A group with leaves and inner nodes below it, its maximum the sum of theirs."""
    children = []
    for number in range(draw(st.integers(1, 3))):
        own = f"{code}.{number}"
        if depth and draw(st.booleans()):
            children.append(draw(trees(own, depth - 1)))
        else:
            policy = draw(st.sampled_from([{}, {"na_policy": "FULL"}, {"na_policy": "RESCALE"}]))
            children.append(judged(own, str(draw(QUARTERS)), **policy))
    maximum = sum((Decimal(child["max"]) for child in children), Decimal(0))
    return {"code": code, "name": code, "max": str(maximum), "children": children}


@st.composite
def bloc(draw):
    """A set of two groups with the claims of up to three members."""
    groups = [draw(trees(code)) for code in ("I", "II")]
    criteria = read_set(
        {
            "criteria_set": {
                "code": "SET",
                "title": "A generated set",
                "scale": str(sum(Decimal(group["max"]) for group in groups)),
                "step": "0.25",
                "grades": [{"label": "All", "min": "0"}],
                "tie_break": ["group:II", "fewer_penalties"],
                "groups": groups,
                "penalties": [penalty("TR.1", {"kind": "penalty", "each": "0.75"})],
            }
        }
    )
    members = {}
    for slug in ("a", "b", "c")[: draw(st.integers(1, 3))]:
        exempt = [
            one.code
            for group in criteria.groups
            for one in group.leaves[1:]
            if one.na_policy and draw(st.booleans())
        ]
        claimed = {
            one.code: {"points": str(Decimal(draw(st.integers(0, int(one.max * 4)))) / 4)}
            for one in criteria.leaves
            if one.code not in exempt and draw(st.integers(0, 4))
        }
        claimed["TR.1"] = {"count": str(draw(st.integers(0, 3)))}
        members[slug] = {
            "claimed": claimed,
            "not_applicable": dict.fromkeys(exempt, "no such task"),
        }
    return criteria, members


@settings(max_examples=60, deadline=None)
@given(bloc())
def test_printed_parts_add_up_to_printed_totals(generated):
    criteria, members = generated
    table = as_json(tabulate(criteria, read_case(criteria, raw_case(members))))
    for member in table["members"].values():
        nodes = {code: Decimal(node["self"]) for code, node in member["nodes"].items()}
        for node in criteria.nodes:
            parts = [
                nodes[child.code]
                if child.code in nodes
                else Decimal(member["leaves"][child.code]["self"] or 0)
                for child in node.children
            ]
            assert nodes[node.code] == sum(parts)
            assert 0 <= nodes[node.code] <= node.max
        counted = [
            Decimal(
                member["nodes"][group.code].get("rescaled", member["nodes"][group.code])["self"]
            )
            for group in criteria.groups
        ]
        totals = {key: Decimal(number) for key, number in member["totals"]["self"].items()}
        assert totals["base"] == sum(counted) <= criteria.scale
        assert totals["total"] == totals["base"] + totals["bonus"] - totals["penalty"]


@settings(max_examples=40, deadline=None)
@given(bloc())
def test_order_of_members_and_entries_is_irrelevant(generated):
    criteria, members = generated
    turned = {
        slug: {part: dict(reversed(entries.items())) for part, entries in member.items()}
        for slug, member in reversed(members.items())
    }
    there = tabulate(criteria, read_case(criteria, raw_case(members)))
    back = tabulate(criteria, read_case(criteria, raw_case(turned)))
    for slug, member in there.members.items():
        other = back.members[slug]
        assert (member.leaves, member.totals) == (other.leaves, other.totals)
        ranks = [place.rank for place in member.places.values()]
        assert ranks == [place.rank for place in other.places.values()]


@settings(max_examples=40, deadline=None)
@given(bloc())
def test_written_set_reads_back_equal(generated):
    criteria, _ = generated
    assert read_set(write_set(criteria)) == criteria


def rule(kind, **document):
    return read_rule({"kind": kind, **document}, "X")


TABLE = [{"min": str(bound), "points": str(worth)} for bound, worth in ((10, 2), (50, 5), (90, 8))]
MAXIMUM = Decimal(8)
# Rules of one figure that rise with it: the rule, and its inputs from a figure.
RISING = [
    (rule("bands", table=TABLE), Value),
    (rule("external", table=TABLE), Value),
    (rule("external", from_scale="1000"), Value),
    (rule("ratio", zero_below="0.5"), lambda figure: Attainment(figure, Decimal(77))),
    (rule("per_unit", each="0.5", cap="8"), Count),
    (rule("relative"), lambda figure: Attainment(figure, Decimal(77))),
]
FALLING = [
    (
        rule("deduct", items=[{"label": "late", "minus": "0.3"}]),
        lambda figure: Counts((("late", int(figure)),)),
    ),
    (rule("derived", table=[{"max_delta": "2", "points": "8"}], beyond="1"), Distance),
]


def points(one, inputs):
    return rounded(one.points(inputs, MAXIMUM), 2)


@given(st.sampled_from(RISING), FIGURES, FIGURES)
def test_rising_rule_rises_and_stays_within_its_maximum(chosen, first, second):
    one, inputs = chosen
    low, high = sorted([first, second])
    assert 0 <= points(one, inputs(low)) <= points(one, inputs(high)) <= MAXIMUM


@given(st.sampled_from(FALLING), FIGURES, FIGURES)
def test_falling_rule_falls_and_stays_within_its_maximum(chosen, first, second):
    one, inputs = chosen
    low, high = sorted([first, second])
    assert MAXIMUM >= points(one, inputs(low)) >= points(one, inputs(high)) >= 0


@given(st.lists(FIGURES, min_size=1, max_size=6), FIGURES)
def test_relative_never_leaves_its_range_and_rises_with_the_actual(actuals, target):
    relative = rule("relative")
    leader = max(actuals)
    found = [
        relative.points(Attainment(actual, target), MAXIMUM, leader) for actual in sorted(actuals)
    ]
    assert found == sorted(found)
    assert 0 <= found[0] <= found[-1] <= MAXIMUM


@given(st.fractions(0, 100), st.integers(0, 4))
def test_rounding_moves_by_at_most_half_a_unit(value, places):
    unit = Fraction(1, 10**places)
    assert -unit / 2 < Fraction(rounded(value, places)) - value <= unit / 2


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8), st.lists(st.integers(0, 2), min_size=8))
def test_rank_is_one_more_than_the_number_ahead(totals, groups):
    contenders = [
        Contender(str(n), Decimal(total), {"group:I": group})
        for n, (total, group) in enumerate(zip(totals, groups, strict=False))
    ]
    assume(contenders)
    keys = {one.slug: (one.total, one.tie_values["group:I"]) for one in contenders}
    for slug, place in rank(contenders, ["group:I"]).items():
        assert place.rank == 1 + sum(key > keys[slug] for key in keys.values())


def test_tabulating_a_large_bloc_is_fast_enough_for_a_page():
    """Fifteen members with sixty leaves; the bound is generous, the usual time a tenth of it."""
    leaves = [leaf(f"I.{n}", "2", {"kind": "ratio"}) for n in range(60)]
    document = {
        "code": "SET",
        "title": "A large set",
        "scale": "120",
        "step": "0.25",
        "grades": [{"label": "All", "min": "0"}],
        "groups": [{"code": "I", "name": "I", "max": "120", "children": leaves}],
    }
    criteria = read_set({"criteria_set": document})
    claimed = {one["code"]: {"actual": "91.7", "target": "97"} for one in leaves}
    change = {"I.3": {"points": "1.5", "reason": "checked"}}
    members = {f"m{n}": {"claimed": claimed, "appraised": change} for n in range(15)}
    case = read_case(criteria, raw_case(members))
    started = perf_counter()
    tabulate(criteria, case)
    assert perf_counter() - started < 0.15
