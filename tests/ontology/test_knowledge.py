"""What the ontology says of dated membership, on facts that anyone can check."""

from __future__ import annotations

import pickle

import pytest

import npextract as npx

ONTOLOGY = npx.ontology()


@pytest.mark.parametrize(
    ("body", "day", "count"),
    [
        ("org:UN", "1945-12-31", 51),
        ("org:UN", "1991-12-01", 166),
        ("org:UN", None, 193),
        ("org:UNSC", "1965-06-01", 11),
        ("org:UNSC", "2004-04-28", 15),
        ("org:EU", "1980-01-01", 9),
        ("org:EU", "2019-06-01", 28),
        ("org:EU", None, 27),
        ("org:NATO", "1989-01-01", 16),
        ("org:NATO", None, 32),
        ("org:CSTO", "2010-01-01", 7),
        ("org:G8", "2005-01-01", 8),
        ("org:G8", "2015-01-01", 0),
        ("org:CD", "2026", 65),
    ],
)
def test_how_many_members_there_were(body: str, day: str | None, count: int):
    assert len(ONTOLOGY.members(body, on=day)) == count


def test_members_that_came_and_went():
    def is_member(state: str, body: str, on: str) -> bool:
        return state in {entity.id for entity in ONTOLOGY.members(body, on=on)}

    assert is_member("state:GEO", "org:CIS", "1995-06-01")
    assert not is_member("state:GEO", "org:CIS", "2010-01-01")
    assert is_member("state:UZB", "org:CSTO", "2010-01-01")
    assert not is_member("state:UZB", "org:CSTO", "2015-01-01")
    assert is_member("state:SUN", "org:UN", "1985-01-01")
    assert not is_member("state:SUN", "org:UN", "1992-01-01")
    assert not is_member("state:GBR", "org:EU", "2020-02-01")


def test_parties_that_left():
    def is_party(state: str, treaty: str, on: str) -> bool:
        return state in {entity.id for entity in ONTOLOGY.parties(treaty, on=on)}

    assert is_party("state:PRK", "treaty:NPT", "2000-01-01")
    assert not is_party("state:PRK", "treaty:NPT", "2005-01-01")
    assert not is_party("state:IND", "treaty:NPT", "2020-01-01")
    assert is_party("state:USA", "treaty:Open-Skies", "2015-01-01")
    assert not is_party("state:USA", "treaty:Open-Skies", "2021-01-01")
    assert is_party("state:RUS", "treaty:CTBT", "2010-01-01")
    assert not is_party("state:RUS", "treaty:CTBT", "2024-01-01")


def test_what_a_state_belongs_to():
    belongs = {m.of for m in ONTOLOGY["state:KGZ"].memberships(on="2018-01-01")}
    assert {"org:UN", "org:CIS", "org:CSTO", "org:SCO", "org:EAEU", "treaty:NPT"} <= belongs
    assert "org:NATO" not in belongs


def test_an_unknown_body_and_a_bad_day_are_errors():
    with pytest.raises(KeyError):
        ONTOLOGY.members("org:Nowhere")
    with pytest.raises(ValueError, match="no date"):
        ONTOLOGY.members("org:UN", on="yesterday")


def test_a_pickled_ontology_knows_the_same():
    copy = pickle.loads(pickle.dumps(ONTOLOGY))
    assert [e.id for e in copy.members("org:BRICS")] == [e.id for e in ONTOLOGY.members("org:BRICS")]
    assert copy.find("КЗХО") == ONTOLOGY.find("КЗХО")


def test_a_mention_by_which_members_are_meant_lists_them_as_of_the_documents_date():
    doc = npx.extract("Государства – члены ОДКБ заявляют.", profile="rules", date="2010-01-01")
    (mention,) = doc.mentions
    assert mention.role == "members"
    assert "state:UZB" in mention.attrs["members"]
    undated = npx.extract("Государства – члены ОДКБ заявляют.", profile="rules")
    assert "members" not in undated.mentions[0].attrs
