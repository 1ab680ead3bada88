"""Verbatim records are read as speeches."""

from __future__ import annotations

import pytest

from helpers import rules

ENGLISH = """\
The President: I give the floor to the representative of Kyrgyzstan.

Ms. Moldoisaeva (Kyrgyzstan) (spoke in Russian): We thank the IAEA. I speak on behalf of the CSTO.

Mr. O'Brien-Smith (United States of America): The NPT is the cornerstone.

62. Mr. KHALIDY (Iran (Islamic Republic of)) (interpretation from French): A word on the CWC.

The Acting President (spoke in French): There are no more speakers on the BTWC.
"""
RUSSIAN = """\
Председатель (говорит по-французски): Слово имеет представитель Российской Федерации.

Г-н Небензя (Российская Федерация): Мы признательны МАГАТЭ.

Г-жа Сингх (Гайана) (говорит по-английски): Моя делегация выступает от имени КАРИКОМ. ДНЯО важен.
"""


def test_english_speeches():
    document = rules().extract(ENGLISH)
    assert [(s.speaker, s.entity, s.on_behalf_of) for s in document.speeches] == [
        ("The President", None, ()),
        ("Ms. Moldoisaeva (Kyrgyzstan)", "state:KGZ", ("org:CSTO",)),
        ("Mr. O'Brien-Smith (United States of America)", "state:USA", ()),
        ("Mr. KHALIDY (Iran (Islamic Republic of))", "state:IRN", ()),
        ("The Acting President", None, ()),
    ]
    by_id = {m.id: m.attrs.get("speech") for m in document.mentions}
    assert (by_id["org:IAEA"], by_id["treaty:NPT"], by_id["treaty:CWC"]) == ("state:KGZ", "state:USA", "state:IRN")
    assert by_id["treaty:BTWC"] == "The Acting President"


def test_russian_speeches():
    document = rules().extract(RUSSIAN)
    assert [(s.speaker, s.entity, s.on_behalf_of) for s in document.speeches] == [
        ("Председатель", None, ()),
        ("Г-н Небензя (Российская Федерация)", "state:RUS", ()),
        ("Г-жа Сингх (Гайана)", "state:GUY", ("org:CARICOM",)),
    ]
    assert {m.id: m.attrs["speech"] for m in document.mentions}["treaty:NPT"] == "state:GUY"


@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN])
def test_speeches_follow_one_another_to_the_end(text: str):
    document = rules().extract(text)
    assert [a.end for a in document.speeches[:-1]] == [b.start for b in document.speeches[1:]]
    assert document.speeches[-1].end == len(text)
    assert all(text[s.start :].startswith(s.speaker[:5]) for s in document.speeches)


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith (Canada) spoke: he thanked the IAEA.",
        "The President: a short history of the IAEA.",
        "For the Council, The President, N. HURDUC: IAEA",
        "Г-н Малаласекера (Цейлон) сказал, что МАГАТЭ: да.",
        "",
    ],
    ids=ascii,
)
def test_what_is_no_record(text: str):
    document = rules().extract(text)
    assert document.speeches == ()
    assert [m.attrs for m in document.mentions if "speech" in m.attrs] == []


def test_a_record_is_read_in_linear_time():
    rules().extract("Mr. A (" * 50_000)
    rules().extract("\nMr. " + "a " * 100_000)
