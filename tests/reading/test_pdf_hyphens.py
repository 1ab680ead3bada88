"""Hyphens at line ends, decided by what a document writes elsewhere."""

from __future__ import annotations

import pytest

from npextract.reading.pdf.hyphens import WordForms, ends_in_hyphen


def joined(before: str, behind: str, document: str = "") -> str:
    keeps = WordForms([document]).keeps_hyphen(before, behind)
    return before + behind if keeps else before[:-1] + behind


@pytest.mark.parametrize(
    ("before", "behind", "document", "expected"),
    [
        ("inter-", "national", "", "international"),
        ("Non-", "Proliferation", "", "Non-Proliferation"),
        ("2004-", "2006", "", "2004-2006"),
        ("non-", "proliferation", "", "nonproliferation"),
        ("non-", "proliferation", "the non-proliferation regime", "non-proliferation"),
        ("non-", "nuclear", "the non-proliferation regime", "non-nuclear"),
        ("CO-", "OPERATION", "for COOPERATION in", "COOPERATION"),
        ("co-", "operation", "co-operation and co-operation, but cooperation", "co-operation"),
        ("co-", "untries", "co-operation", "countries"),
        ("какой-", "либо", "", "какой-либо"),
        ("северо-", "восточной", "", "северо-восточной"),
        ("по-", "прежнему", "", "по-прежнему"),
        ("по-", "следнему", "о последнем", "последнему"),
        ("партнеров-", "исполнителей", "для партнеров и исполнителей", "партнеров-исполнителей"),
        ("under-", "taking", "under the taking", "undertaking"),
        ("безопас-", "ности", "", "безопасности"),
        ("нерас-", "пространению", "о нераспространении", "нераспространению"),
        ("военно-", "морского", "военно-морской флот", "военно-морского"),
        ("Генеральной-", "", "", "Генеральной-"),
    ],
)
def test_hyphens(before: str, behind: str, document: str, expected: str):
    assert joined(before, behind, document) == expected


def test_a_dash_is_no_hyphen():
    assert ends_in_hyphen("inter-")
    assert not ends_in_hyphen("Council -")
    assert not ends_in_hyphen("Council –")
