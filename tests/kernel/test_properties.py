"""What holds for every set, every rule and every answer, tried on generated ones.

Each property was seen to fail with the kernel broken by hand at that place.
"""

from __future__ import annotations

import copy
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.kernel.answers_file import read_case
from scoring.kernel.arithmetic import rounded
from scoring.kernel.criteria import Stage
from scoring.kernel.loading import read_set, write_set
from scoring.kernel.ranking import Contender, rank
from scoring.kernel.rules import RULES
from scoring.kernel.tabulation import COLUMN, as_json, recomputed, tabulate
from tests.kernel.building import leaf, raw_case
from tests.kernel.strategies import EACH_KIND, FIGURES, blocs, inputs_for, relative

CENT = Decimal("0.01")
NUMBERS = st.one_of(FIGURES, st.integers(0, 100).map(lambda n: Decimal(n) * 10))

few = settings(max_examples=50, deadline=None)


def table_of(criteria, members):
    return tabulate(criteria, read_case(criteria, raw_case(members)))


# --- sums


@few
@given(blocs())
def test_parts_add_up_to_totals_to_the_cent_at_every_stage(generated):
    """Readings 1 and 2: leaves to nodes, nodes to groups, groups to base, base to total."""
    criteria, members = generated
    for member in as_json(table_of(criteria, members))["members"].values():
        for stage in COLUMN.values():
            nodes = {code: Decimal(node[stage]) for code, node in member["nodes"].items()}
            for node in criteria.nodes:
                parts = [
                    nodes.get(child.code, Decimal(0))
                    if child.code in nodes
                    else Decimal(member["leaves"][child.code][stage] or 0)
                    for child in node.children
                ]
                assert nodes[node.code] == sum(parts)
                assert 0 <= nodes[node.code] <= node.max
            totals = {key: Decimal(number) for key, number in member["totals"][stage].items()}
            counted = [counted_in(member["nodes"][one.code], stage) for one in criteria.groups]
            extras = member["bonus_and_penalties"]
            bonus = sum(Decimal(extras[one.code][stage] or 0) for one in criteria.bonus)
            assert totals["base"] == sum(counted) <= criteria.scale
            assert totals["bonus_raw"] == bonus
            assert totals["bonus"] == min(bonus, criteria.bonus_cap)
            assert totals["penalty"] == Decimal(extras["TR.1"][stage] or 0)
            assert totals["total"] == totals["base"] + totals["bonus"] - totals["penalty"]


def counted_in(node, stage):
    """What a group counts, computed once more where leaves of it are rescaled."""
    if "rescaled" not in node:
        return Decimal(node[stage])
    raw, full, out = Decimal(node[stage]), Decimal(node["max"]), Decimal(node["rescaled"]["out"])
    found = Decimal(node["rescaled"][stage])
    assert found == (raw * full / (full - out)).quantize(CENT, ROUND_HALF_UP)
    return found


@few
@given(blocs())
def test_left_out_are_the_maxima_of_rescaled_leaves_at_any_depth(generated):
    """Reading 2."""
    criteria, members = generated
    for slug, member in as_json(table_of(criteria, members))["members"].items():
        for group in criteria.groups:
            out = sum(
                one.max
                for one in group.leaves
                if one.code in members[slug]["not_applicable"] and one.na_policy.value == "RESCALE"
            )
            node = member["nodes"][group.code]
            assert Decimal(node.get("rescaled", {"out": "0"})["out"]) == out


@few
@given(blocs(least=2))
def test_average_is_the_mean_of_the_other_ranked_members_with_points(generated):
    """Reading 7."""
    criteria, members = generated
    table = table_of(criteria, members)
    for slug, member in members.items():
        for code in member["not_applicable"]:
            if criteria.find(code).na_policy.value != "BLOC_AVERAGE":
                continue
            for stage in Stage:
                others = [
                    table.members[other].leaves[code].points[stage]
                    for other, one in members.items()
                    if code not in one["not_applicable"] and "findings" not in one
                ]
                known = [Fraction(points) for points in others if points is not None]
                mean = rounded(sum(known) / len(known), 2) if known else None
                assert table.members[slug].leaves[code].points[stage] == mean


@few
@given(blocs())
def test_closeness_is_the_distance_of_the_two_columns(generated):
    """Reading 9: added up once more from the printed columns, looked up with inclusive edges."""
    criteria, members = generated
    for member in as_json(table_of(criteria, members))["members"].values():
        columns = [
            (Decimal(one["self"]), Decimal(one["appraised"]))
            for one in member["leaves"].values()
            if one["na"] is None and None not in (one["self"], one["appraised"])
        ]
        delta = abs(sum(claimed - appraised for claimed, appraised in columns))
        worth = "2.00" if delta <= Decimal("0.5") else "1.00" if delta <= 3 else "0.00"
        found = member["leaves"]["II.d"]
        assert found["self"] is None
        assert found["appraised"] == found["agreed"] == (worth if columns else None)


# --- rules


def test_every_kind_is_tried():
    assert set(EACH_KIND) == set(RULES)


@pytest.mark.parametrize("kind", EACH_KIND)
def test_points_stay_between_0_and_the_maximum(kind):
    @settings(max_examples=60, deadline=None)
    @given(EACH_KIND[kind], NUMBERS, NUMBERS)
    def holds(scored, number, leader):
        points = scored.points(number, leader)
        assert 0 <= points <= scored.maximum
        assert 0 <= rounded(points, 2) <= scored.maximum

    holds()


@pytest.mark.parametrize("kind", [kind for kind in EACH_KIND if kind != "levels"])
def test_points_rise_or_fall_with_the_number_that_was_entered(kind):
    """Figures and counts raise points, lateness and shortcomings lower them; more minus is less."""

    @settings(max_examples=120, deadline=None)
    @given(EACH_KIND[kind], NUMBERS, NUMBERS, NUMBERS)
    def holds(scored, first, second, leader):
        low, high = sorted([first, second])
        fewer, more = (rounded(scored.points(one, leader), 2) for one in (low, high))
        assert fewer <= more if scored.rising else fewer >= more

    holds()


@settings(max_examples=60, deadline=None)
@given(relative(), NUMBERS, NUMBERS, NUMBERS)
def test_relative_falls_as_the_best_of_the_bloc_rises(scored, number, first, second):
    """Reading 6."""
    low, high = sorted([first, second])
    assert scored.points(number, low) >= scored.points(number, high)


@given(st.fractions(0, 100), st.integers(0, 10_000), st.integers(0, 4))
def test_rounding_moves_by_at_most_half_a_unit_and_halves_go_up(value, number, places):
    """Reading 1."""
    unit = Fraction(1, 10**places)
    half = (number + Fraction(1, 2)) * unit
    for exact in (value, half):
        assert -unit / 2 < Fraction(rounded(exact, places)) - exact <= unit / 2


# --- order, and who moves whom


@few
@given(blocs(), st.randoms(use_true_random=False))
def test_order_of_members_and_entries_is_irrelevant(generated, shuffler):
    criteria, members = generated

    def shuffled(mapping):
        items = list(mapping.items())
        shuffler.shuffle(items)
        return dict(items)

    offices = raw_case(members)["members"]
    turned = {
        slug: {
            part: shuffled(entries) if isinstance(entries, dict) else entries
            for part, entries in {**member, "office": offices[slug]["office"]}.items()
        }
        for slug, member in shuffled(members).items()
    }
    there, back = table_of(criteria, members), table_of(criteria, turned)
    for slug, member in there.members.items():
        other = back.members[slug]
        assert (member.leaves, member.extras) == (other.leaves, other.extras)
        assert (member.nodes, member.totals) == (other.nodes, other.totals)
        assert (member.accuracy, member.knockouts) == (other.accuracy, other.knockouts)
        ranks = [(place.rank, set(place.shared_with)) for place in member.places.values()]
        assert ranks == [(place.rank, set(place.shared_with)) for place in other.places.values()]


@few
@given(blocs(least=2), st.data())
def test_recomputed_lists_what_moved_and_nothing_that_was_entered(generated, data):
    """Reading 8: the rest of the table moves only by `relative`, averages and closeness."""
    criteria, members = generated
    slug = data.draw(st.sampled_from(sorted(members)))
    open_ones = [
        one
        for one in criteria.criteria
        if one.typed and one.code not in members[slug]["not_applicable"]
    ]
    criterion = data.draw(st.sampled_from(open_ones))
    moved = copy.deepcopy(members)
    moved[slug]["claimed"][criterion.code] = data.draw(inputs_for(criterion))
    before, after = table_of(criteria, members), table_of(criteria, moved)
    entered = {(slug, criterion.code)}
    listed = {
        (one.slug, one.code, one.stage): (one.before, one.after)
        for one in recomputed(before, after, entered)
    }
    assert listed == {
        key: pair for key, pair in moves(before, after).items() if key[:2] not in entered
    }
    for _slug, code, _stage in listed:
        mover = criteria.find(code)
        assert mover.derived or (mover.needs_bloc and code == criterion.code)


def moves(before, after):
    """Every printed number of a criterion that is not the same in both tables."""
    found = {}
    for slug, member in as_json(after)["members"].items():
        earlier = as_json(before)["members"][slug]
        for part in ("leaves", "bonus_and_penalties"):
            for code, columns in member[part].items():
                for stage, column in COLUMN.items():
                    pair = (earlier[part][code][column], columns[column])
                    if pair[0] != pair[1]:
                        found[slug, code, stage] = tuple(
                            None if one is None else Decimal(one) for one in pair
                        )
    return found


@few
@given(blocs())
def test_written_set_reads_back_equal(generated):
    criteria, _ = generated
    assert read_set(write_set(criteria)) == criteria


# --- ranks

TOTALS = st.lists(st.integers(0, 4), min_size=1, max_size=8)
VALUES = st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=8, max_size=8)


def contenders_of(totals, groups, penalties):
    return [
        Contender(str(n), Decimal(total), {"group:I": group, "fewer_penalties": minus})
        for n, (total, group, minus) in enumerate(zip(totals, groups, penalties, strict=False))
    ]


@given(TOTALS, st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_rank_is_one_more_than_the_number_ahead(totals, groups):
    """Reading 19."""
    contenders = contenders_of(totals, groups, groups)
    keys = {one.slug: (one.total, one.tie_values["group:I"]) for one in contenders}
    for slug, place in rank(contenders, ["group:I"]).items():
        assert place.rank == 1 + sum(key > keys[slug] for key in keys.values())
        assert {*place.shared_with} == {one for one in keys if keys[one] == keys[slug]} - {slug}


@given(TOTALS, VALUES, VALUES)
def test_ranks_go_1_2_2_4_whatever_is_unknown(totals, groups, penalties):
    """Reading 19: those that share a rank push the next one down by their number."""
    places = rank(contenders_of(totals, groups, penalties), ["group:I", "fewer_penalties"])
    ranks = sorted(place.rank for place in places.values())
    for place in places.values():
        assert ranks.count(place.rank) == len(place.shared_with) + 1
        assert ranks.index(place.rank) == place.rank - 1
        assert set(place.shared_with) <= set(place.same_total_as)


@given(TOTALS, VALUES, VALUES, st.randoms(use_true_random=False))
def test_shared_ranks_do_not_depend_on_the_order_of_members(totals, groups, penalties, shuffler):
    """Reading 19: what no rule breaks stays shared, it is not drawn by lot."""
    contenders = contenders_of(totals, groups, penalties)
    turned = list(contenders)
    shuffler.shuffle(turned)
    rules = ["group:I", "fewer_penalties"]
    first, second = rank(contenders, rules), rank(turned, rules)
    for slug, place in first.items():
        assert place.rank == second[slug].rank
        assert {*place.shared_with} == {*second[slug].shared_with}


# --- cost


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
