"""What people type: days, moments, counts; and what is said when it makes no sense."""

from __future__ import annotations

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from blocs.forms.agencies import AgencyFilterForm
from blocs.forms.fields import CountField, DayField, MomentField
from blocs.models import Agency
from tests.worlds import make_agency


@pytest.fixture(params=["vi", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("11/12/2026", datetime.date(2026, 12, 11)),  # the eleventh of December, in any language
        (" 1/2/2026\xa0", datetime.date(2026, 2, 1)),
        ("31-12-2026", datetime.date(2026, 12, 31)),
        ("31.12.2026", datetime.date(2026, 12, 31)),
        ("2026-12-31", datetime.date(2026, 12, 31)),
    ],
)
def test_days_are_read_as_written_in_vietnam(language, typed, day):
    assert DayField().clean(typed) == day


@pytest.mark.parametrize(
    "typed", ["12/31/2026", "31/02/2026", "1/1/22", "01/01/0022", "11/12", "mai", "11/12/20266"]
)
def test_other_days_are_refused(language, typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


def test_a_day_is_shown_as_it_is_typed(language):
    class DayForm(forms.Form):
        day = DayField(initial=datetime.date(2026, 12, 11))

    assert 'value="11/12/2026"' in str(DayForm()["day"])


@pytest.mark.parametrize(
    ("typed", "hour"), [("11/12/2026 16:30", 16), ("11/12/2026", 0), ("2026-12-11 16:30:00", 16)]
)
def test_a_moment_is_vietnam_time(language, typed, hour):
    moment = MomentField().clean(typed)
    assert (moment.day, moment.hour, moment.utcoffset()) == (11, hour, datetime.timedelta(hours=7))


@pytest.mark.parametrize("typed", ["11/12/0022 08:00", "11/12/2026 25:00", "8 giờ"])
def test_other_moments_are_refused(language, typed):
    with pytest.raises(ValidationError):
        MomentField().clean(typed)


@pytest.mark.parametrize(("typed", "number"), [("1200", 1200), (" 7\xa0", 7), ("0", 0)])
def test_counts_are_digits(language, typed, number):
    assert CountField().clean(typed) == number


@pytest.mark.parametrize("typed", ["1.000", "1,000", "8,5", "-1", "một", "1e3", "١٢", "9" * 30])
def test_a_count_that_could_be_misread_is_refused(language, typed):
    with pytest.raises(ValidationError):
        CountField().clean(typed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["dai", "stc"]),
        ("so tai chinh", ["stc"]),
        ("SỞ  TÀI", ["stc"]),
        ("chinh tai", ["stc"]),  # in any order
        ("dai phat", ["dai"]),
        ("đài", ["dai"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_agencies_are_found_without_marks(words, found):
    for slug, full in (("stc", "Sở Tài chính"), ("dai", "Đài Phát thanh và Truyền hình")):
        agency = make_agency(slug)
        agency.names.all().delete()
        from blocs.transitions import name_agency  # noqa: PLC0415

        name_agency(
            agency, full=full, short=full, abbreviation=slug, valid_from=datetime.date(2000, 1, 1)
        )
    chosen = AgencyFilterForm({"q": words}).chosen(Agency.objects.all())
    assert [agency.slug for agency in chosen] == found
