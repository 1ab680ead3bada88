"""What stands near a name, by patterns that are data."""

from __future__ import annotations

import pytest

from npextract.context import Surroundings


@pytest.fixture(scope="module")
def near(onto) -> Surroundings:
    return Surroundings(onto.tables["context"])


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("state_before", "the representative of |Georgia"),
        ("state_before", "Government of the |Congo"),
        ("state_before", "Mr. Smith (|Jordan)"),
        ("state_before", "представитель |Чада"),
        ("not_state_before", "the state of |Georgia"),
        ("not_state_before", "озеро |Чад"),
        ("language_before", "he spoke in |Russian"),
    ],
    ids=ascii,
)
def test_before(near: Surroundings, key: str, text: str):
    start = text.index("|")
    text = text.replace("|", "")
    assert near.before(key, text, start)
    assert not near.before(key, "nothing like it " + text[start:], 16)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("not_state_behind", "Peru|, Indiana"),
        ("language_behind_anyway", "русском| языке"),
        ("language_behind", "Russian|."),
    ],
    ids=ascii,
)
def test_behind(near: Surroundings, key: str, text: str):
    end = text.index("|")
    text = text.replace("|", "")
    assert near.behind(key, text, end)
    assert not near.behind(key, text[:end] + " with more words behind it", end)


@pytest.mark.parametrize(
    ("text", "is_language"),
    [
        ("spoke in |Russian|.", True),
        ("in English, |French| and Spanish.", True),
        ("the |Chinese| and Russian versions", True),
        ("на |русском| и английском языках", True),
        ("the |Russian| delegation spoke", False),
        ("the |Chinese| and Russian delegations", False),
        ("|российская| и китайская делегации", False),
    ],
    ids=ascii,
)
def test_languages(near: Surroundings, text: str, is_language: bool):
    before, adjective, behind = text.split("|")
    assert near.is_language(before + adjective + behind, len(before), len(before + adjective)) is is_language


def test_only_what_is_near_counts(near: Surroundings):
    far = "the representative of " + " " * 70
    assert not near.before("state_before", far, len(far))


@pytest.mark.parametrize(
    ("alias", "text", "is_homograph"),
    [
        ("NPT", "1/2 inch |NPT", True),
        ("NPT", "the |NPT", False),
        ("PSI", "30 |PSI", True),
        ("CD", "a |CD-ROM", True),
        ("UN", "30 |UN", False),
    ],
)
def test_homographs(near: Surroundings, alias: str, text: str, is_homograph: bool):
    start = text.index("|")
    text = text.replace("|", "")
    assert near.is_homograph(alias, text, start, start + len(alias)) is is_homograph
