"""Accuracy of the rules on the project's gold texts, where they are at hand."""

from __future__ import annotations

from functools import cache

import pytest

from helpers import SHARED, rules
from npextract.evaluate import GoldDocument, Scores, marks_of, read_gold, score

GOLD = SHARED / "gold"

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the shared gold texts are not at hand")


def documents(name: str, lang: str | None = None) -> list[GoldDocument]:
    golds = read_gold(GOLD / name)
    return [gold for gold in golds if lang is None or gold.lang == lang]


@cache
def scores(name: str, lang: str) -> Scores:
    golds = documents(name, lang)
    assert golds
    return score(golds, [marks_of(d.mentions) for d in rules().extract_many([g.text for g in golds])])


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(("name", "floor"), [("seeds.jsonl", 0.98), ("dev-{}.jsonl", 0.88)])
def test_links(name: str, lang: str, floor: float):
    reached = scores(name.format(lang), lang)
    assert reached["link"].f1 >= floor, reached.errors


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_gold_s_own_marks_are_where_they_say(lang: str):
    for gold in documents(f"dev-{lang}.jsonl"):
        for mark in gold.marks:
            assert 0 <= mark.start < mark.end <= len(gold.text)
