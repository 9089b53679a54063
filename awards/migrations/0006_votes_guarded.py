"""Histories and rules take new rows only; what is frozen, counted or sealed stays so."""

from django.db import migrations

from blocs.history import append_only, fixed, fixed_once

RULE = ("base", "comparator", "numerator", "denominator", "basis", "quorum_numerator", "quorum_denominator", "absentees", "tie", "blank_is_valid")
QUESTION = (
    *("conference_id", "number", "kind", "title", "award_id", "office", "form", "most", "seats"),
    *("method", "on_paper", "round", "is_again", "previous_id", "summary_id"),
)
FROZEN = ("entitled", "present", "definition", "definition_sha256")
COUNTED = ("issued", "returned", "valid", "blank", "written", "result_sha256")


class Migration(migrations.Migration):
    dependencies = [("awards", "0005_resolutions_measured")]

    operations = [
        append_only("awards_votechange"),
        append_only("awards_tallychange"),
        append_only("awards_newschange"),
        append_only("awards_textrevision"),
        fixed("awards_voterule", "bloc_id", "code", "name", *RULE),
        fixed_once(
            "awards_vote",
            ("OLD.definition_sha256 <> ''", (*QUESTION, *RULE, *FROZEN)),
            ("OLD.result_sha256 <> ''", COUNTED),
        ),
        fixed_once(
            "awards_voteoption",
            ("OLD.yes IS NOT NULL", ("vote_id", "position", "membership_id", "text", "rank", "yes", "no", "abstain")),
            kept_once="OLD.yes IS NOT NULL",
        ),
        # A mark is set once and never taken back; the box takes no paper once it is sealed, and
        # then can only be emptied.
        fixed_once("awards_mark", ("OLD.id = OLD.id", ("vote_id", "membership_id")), ("OLD.voted", ("voted",))),
        fixed_once(
            "awards_ballotbox",
            ("OLD.id = OLD.id", ("vote_id",)),
            ("OLD.is_sealed", ("is_sealed",)),
            ("OLD.is_sealed AND NEW.papers <> ''", ("papers",)),
        ),
        fixed_once(
            "awards_tally",
            ("OLD.status <> 'draft'", ("vote_id", "issued", "returned", "valid", "invalid", "entered_by_id", "scan", "scan_sha256")),
        ),
        fixed("awards_roomdecision", "conference_id", "change_id", "membership_id", "asked_by", "in_favour", "against", "abstained"),
    ]
