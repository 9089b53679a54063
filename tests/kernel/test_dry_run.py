"""The command `tabulate`: what it prints, what it refuses, and that it needs no database."""

from __future__ import annotations

import ast
import copy
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import scoring.kernel
from scoring.kernel.answers_file import parse_answers, read_case
from scoring.kernel.dry_run import dry_run
from scoring.kernel.errors import InputError
from tests.kernel.building import EXAMPLES

SET_A = EXAMPLES / "set-a-100-points.yaml"
ANSWERS = EXAMPLES / "khoi-7-2022.answers.json"


def run_command(*paths):
    out = StringIO()
    call_command("tabulate", *map(str, paths), stdout=out)
    return out.getvalue()


def test_set_alone_prints_its_tree():
    lines = run_command(SET_A).splitlines()
    assert lines[0].startswith("KTD7-2022  Bảng tiêu chí")
    assert "  IV  THAM GIA HOẠT ĐỘNG CỦA KHỐI THI ĐUA: 10" in lines
    assert sum(line.endswith("(derived)") for line in lines) == 1


def test_set_with_answers_prints_json():
    table = json.loads(run_command(SET_A, ANSWERS))
    assert list(table) == ["set", "places", "members", "order"]
    assert table["order"][0] == "nong-nghiep"


def test_defective_set_ends_the_command_with_its_line(tmp_path):
    defective = tmp_path / "set.yaml"
    defective.write_text(SET_A.read_text(encoding="utf-8").replace("max: 45", "max: 44"), "utf-8")
    with pytest.raises(CommandError) as refusal:
        run_command(defective)
    assert str(refusal.value) == "I: the children add up to 45, the maximum is 44."
    assert refusal.value.returncode == 1


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_file_that_cannot_be_read_ends_the_command(tmp_path, content):
    path = tmp_path / "set.yaml"
    if content:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=r"set\.yaml: "):
        run_command(path)


def member(raw, slug="nong-nghiep"):
    return raw["members"][slug]


def change(part, code, value):
    def apply(raw):
        member(raw).setdefault(part, {})[code] = value

    return apply


def put(*path_and_value):
    *path, key, value = path_and_value

    def apply(raw):
        for step in path:
            raw = raw[step]
        raw[key] = value

    return apply


ME = ("members", "nong-nghiep")
EVENT = {"kind": "submitted", "at": "2023-01-11T15:20:00"}
FINDING = {"knockout": "K4", "source": "s", "document": "d", "received_at": "2023-01-05"}

REFUSALS = [
    (put("set", "OTHER"), "set: The answers are for the set OTHER"),
    (put("review_year", "2022"), "review_year: Enter a whole number"),
    (put("flag_votes", {"nobody": 1}), "flag_votes: There is no member nobody."),
    (put("flag_votes", {"nong-nghiep": 1.5}), "flag_votes: Enter a whole number"),
    (put("chair_order", ["nong-nghiep", "nong-nghiep"]), "chair_order: A member is there twice."),
    (put("knockout_of_late_submission", "K0"), "knockout_of_late_submission: The set has no"),
    (put("members", []), "members: Keys with values are expected here."),
    (put(*ME, "office", "chair"), "nong-nghiep, office: Enter one of: leader, deputy, member."),
    (put(*ME, "apraised", {}), "nong-nghiep, apraised: This input is not known here"),
    (change("claimed", "X.1", {}), "nong-nghiep, claimed, X.1: No leaf, bonus or penalty"),
    (change("claimed", "IV.2", {"count": "1"}), "nong-nghiep, claimed, IV.2: The member does not"),
    (change("claimed", "IV.4", {}), "nong-nghiep, claimed, IV.4: The member does not enter"),
    (change("claimed", "T.4", {"level": "Khối trưởng"}), "nong-nghiep, claimed, T.4: The member"),
    (change("system", "I.1.1", {"value": "1"}), "nong-nghiep, system, I.1.1: The system gives no"),
    (change("system", "IV.2", "submission"), "nong-nghiep, system, IV.2: Only a deadline can be"),
    (change("system", "IV.4", {}), "nong-nghiep, system, IV.4: The system gives no inputs"),
    (change("not_applicable", "I.1.1", "no"), "nong-nghiep, not_applicable, I.1.1: The set gives"),
    (
        change("not_applicable", "I.1.3", "no"),
        "nong-nghiep, claimed, I.1.3: The criterion does not",
    ),
    (change("claimed", "I.1.1", {"value": 97.5}), "nong-nghiep, claimed, I.1.1, value: Enter a nu"),
    (
        change("claimed", "I.1.1", {"value": "1e3"}),
        "nong-nghiep, claimed, I.1.1, value: Enter a nu",
    ),
    (
        change("claimed", "I.1.1", {"value": "NaN"}),
        "nong-nghiep, claimed, I.1.1, value: Enter a nu",
    ),
    (change("claimed", "I.1.1", {"value": "97,5"}), "nong-nghiep, claimed, I.1.1, value: Enter a"),
    (change("claimed", "I.1.1", {}), "nong-nghiep, claimed, I.1.1, value: This input is missing."),
    (change("claimed", "I.1.1", None), "nong-nghiep, claimed, I.1.1, inputs: Inputs with names"),
    (change("claimed", "II.1.3", {"met": "true"}), "nong-nghiep, claimed, II.1.3, met: Answer"),
    (change("claimed", "II.1.1", {"level": "5"}), "nong-nghiep, claimed, II.1.1, level: There is"),
    (
        change("claimed", "I.1.2", {"actual": "-1", "target": "2"}),
        "nong-nghiep, claimed, I.1.2, actual: Enter a number that is not below 0.",
    ),
    (
        change("claimed", "I.4.3", {"counts": {"Mỗi báo cáo gửi trễ": True}}),
        "nong-nghiep, claimed, I.4.3, Mỗi báo cáo gửi trễ: Enter a whole number",
    ),
    (
        change("claimed", "I.4.3", {"counts": {"other": 1}}),
        "nong-nghiep, claimed, I.4.3, other: There is no such case",
    ),
    (
        change("claimed", "I.3.3", {"due": "2022-02-30", "received_at": None}),
        "nong-nghiep, claimed, I.3.3, due: Enter a day as YYYY-MM-DD.",
    ),
    (
        change("claimed", "I.3.3", {"due": "2022-02-20", "received_at": "2022-02-20T08:00:00"}),
        "nong-nghiep, claimed, I.3.3, received_at: Enter a moment with its offset",
    ),
    (
        change("appraised", "I.1.1", {"inputs": {"value": "1"}, "points": "1", "reason": "r"}),
        "nong-nghiep, appraised, I.1.1, inputs: A change gives either inputs or points.",
    ),
    (
        change("appraised", "I.1.1", {"points": "11", "reason": "r"}),
        "nong-nghiep, appraised, I.1.1, points: 11 points are more than the maximum of 10.",
    ),
    (
        change("appraised", "II.1.2", {"points": "1.3", "reason": "r"}),
        "nong-nghiep, appraised, II.1.2, points: 1.3 points are not a multiple of the step 0.25.",
    ),
    (
        change("appraised", "I.1.1", {"points": "1", "reason": ""}),
        "nong-nghiep, appraised, I.1.1, reason: Give a reason.",
    ),
    (put(*ME, "submission", "events", [EVENT]), "nong-nghiep, submission, events, at: Enter a mo"),
    (
        put(*ME, "submission", "extension", {"to": "2023-01-01"}),
        "nong-nghiep, submission, extension, granted_by: This input is missing.",
    ),
    (put(*ME, "findings", [{**FINDING, "knockout": "K0"}]), "nong-nghiep, findings, knockout: The"),
]


@pytest.mark.parametrize(("spoil", "line"), REFUSALS)
def test_defective_answers_are_refused_in_one_line_that_says_where(set_a, spoil, line):
    raw = copy.deepcopy(parse_answers(ANSWERS.read_text(encoding="utf-8")))
    spoil(raw)
    with pytest.raises(InputError) as refusal:
        read_case(set_a, raw)
    assert str(refusal.value).startswith(line)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["{", '{"a": 1, "a": 2}', "[" * 100_000])
def test_answers_that_are_not_plain_json_are_refused(text):
    with pytest.raises(InputError):
        dry_run(SET_A.read_text(encoding="utf-8"), text)


def test_notes_and_equivalent_inputs_are_ignored(set_a):
    raw = parse_answers(ANSWERS.read_text(encoding="utf-8"))
    plain = read_case(set_a, raw)
    noted = copy.deepcopy(raw)
    noted["cases kept beside"] = [1.5, None]
    entry = noted["members"]["phat-thanh"]["appraised"]["II.1.2"]
    entry["equivalent_inputs"] = {"anything": "goes"}
    assert read_case(set_a, noted) == plain


def test_kernel_imports_no_framework():
    folder = Path(scoring.kernel.__file__).parent
    imported = {
        name.split(".")[0]
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    assert imported.isdisjoint({"django", "time", "random", "math"})
    assert "yaml" in imported
