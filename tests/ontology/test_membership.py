from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npextract.ontology.dates import first_day, last_day
from npextract.ontology.membership import Membership, pack, unpack

DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))
PARTIAL = st.tuples(DATES, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0].isoformat()[: pair[1]])


def membership(start: str | None, end: str | None) -> Membership:
    return Membership("state:GEO", "org:CIS", start, end, "member")


@pytest.mark.parametrize(
    ("start", "end", "day", "holds"),
    [
        ("1993-12-03", "2009-08-18", "1993-12-02", False),
        ("1993-12-03", "2009-08-18", "1993-12-03", True),
        ("1993-12-03", "2009-08-18", "2009-08-17", True),
        ("1993-12-03", "2009-08-18", "2009-08-18", False),  # the day on which it ceased
        ("1993", "2009", "1993-01-01", True),  # dates known to the year are taken at their widest
        ("1993", "2009", "2009-12-31", True),
        ("1993", "2009", "2010-01-01", False),
        ("1993-02", "1993-02", "1993-02-28", True),
        ("1993-02", "1993-02", "1993-03-01", False),
        (None, "1991-12-21", "1900-01-01", True),
        ("1991-12-21", None, "2100-01-01", True),
        ("1991-12-21", None, "1991-12-20", False),
        (None, None, "2000-01-01", True),
    ],
)
def test_whether_it_holds_on_a_day(start: str | None, end: str | None, day: str, holds: bool):
    assert membership(start, end).holds(date.fromisoformat(day)) is holds


def test_without_a_day_the_present_is_meant():
    assert membership("1991", None).holds()
    assert not membership("1991", "1992").holds()


@given(PARTIAL)
def test_a_date_lies_between_its_first_and_last_day(partial: str):
    first, last = first_day(partial), last_day(partial)
    assert first <= last
    assert first.isoformat().startswith(partial)
    assert last.isoformat().startswith(partial)
    assert not date.fromordinal(first.toordinal() - 1).isoformat().startswith(partial)
    assert not date.fromordinal(last.toordinal() + 1).isoformat().startswith(partial)


@pytest.mark.parametrize("text", ["", "91", "1991-13", "1991-02-30", "21.12.1991", "1991-1-1", "about 1991"])
def test_what_is_no_date(text: str):
    with pytest.raises(ValueError, match=r"date|month|day"):
        first_day(text)


def test_memberships_are_packed_and_unpacked():
    rows = [membership("1993", None), Membership("state:RUS", "treaty:NPT", None, "2000-01", "party", "a note")]
    assert list(unpack(pack(rows))) == rows
    assert list(unpack(pack([]))) == []


def test_an_unknown_organization_is_no_empty_one(onto):
    with pytest.raises(KeyError):
        onto.members("org:NOBODY")
