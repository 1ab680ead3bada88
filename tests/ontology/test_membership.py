from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npextract.ontology.dates import first_day, last_day
from npextract.ontology.membership import Membership, Memberships, pack, unpack

MEMBER_ID, BODY_ID = "state:GEO", "org:CIS"
DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))
PARTIAL = st.tuples(DATES, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0].isoformat()[: pair[1]])


def membership(start: str | None, end: str | None) -> Membership:
    return Membership(MEMBER_ID, BODY_ID, start, end, "member")


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


def test_without_a_day_the_ontologys_own_is_meant():
    known = Memberships([membership("1991", None), membership("1980", "1991")], date(2026, 11, 1), {})
    assert known.of_member(MEMBER_ID) == [membership("1991", None)]
    assert known.of_body(BODY_ID, "member") == [MEMBER_ID]
    assert known.of_body(BODY_ID, "member", on="1979") == []


def test_an_unknown_beginning_is_not_older_than_the_body():
    known = Memberships([membership(None, None)], date(2026, 11, 1), {BODY_ID: date(1968, 7, 1)})
    assert known.of_body(BODY_ID, "member", on="1968-06-30") == []
    assert known.of_body(BODY_ID, "member", on="1968-07-01") == [MEMBER_ID]


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
