"""Abbreviations that a text gives to known names."""

from __future__ import annotations

import pytest

from helpers import rules
from npextract.discourse.definitions import are_initials


def found(text: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.id) for m in rules().extract(text).mentions if m.form == "name"]


def test_an_abbreviation_that_the_ontology_does_not_know():
    text = "The Board met. The Conference on Disarmament (CoDi) met too. The CoDi, not XCoDi, spoke."
    assert [pair for pair in found(text) if pair[0] == "CoDi"] == [("CoDi", "org:CD")] * 2


def test_what_the_text_says_counts_more_than_the_ontology():
    text = "The Arms Control Association (ACA) spoke. Later the African Export Council met. The ACA went on."
    assert [pair for pair in found(text) if pair[0] == "ACA"] == [("ACA", "org:ACA")] * 2
    text = "The Wassenaar Arrangement (hereinafter NSG) met. The NSG was pleased."
    assert [pair for pair in found(text) if pair[0] == "NSG"] == [("NSG", "org:Wassenaar")] * 2


def test_what_stood_before_the_definition_keeps_its_meaning():
    text = "The NSG met. The Wassenaar Arrangement (hereinafter the NSG) met."
    assert [pair for pair in found(text) if pair[0] == "NSG"] == [("NSG", "org:NSG"), ("NSG", "org:Wassenaar")]


def test_russian_definitions():
    text = "Конференция по разоружению (далее – КонфР) собралась. Участники КонфР довольны."
    assert [pair for pair in found(text) if pair[0] == "КонфР"] == [("КонфР", "org:CD")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "The Security Council (UN) met.",
        "The Republic of Korea (DPRK) met.",
        "The IAEA (Vienna) met. Vienna is a city.",
        "The NPT (1968) met.",
        "МАГАТЭ (Вена) и ООН (Нью-Йорк).",
    ],
    ids=ascii,
)
def test_what_is_no_definition(text: str):
    assert [m.rule for m in rules().extract(text).mentions if m.rule == "definitions.abbreviation"] == []


def test_the_ontology_s_own_abbreviations_need_no_definition():
    text = "the Non-Proliferation Treaty (NPT). The NPT is in force."
    assert {m.rule for m in rules().extract(text).mentions} == {"names.name", "names.abbreviation"}


def test_what_was_replaced_says_why():
    document = rules().extract("The Wassenaar Arrangement (hereinafter NSG) met. The NSG was pleased.", trace=True)
    assert [(d.text, d.id) for d in document.dropped if d.reason == "defined"] == [("NSG", "org:NSG")] * 2


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("CD", "Conference on Disarmament", True),
        ("JCV", "Joint Commission on Verification", True),
        ("ОЗХО", "Организация по запрещению химического оружия", True),
        ("СКК", "Специальная консультативная комиссия", True),
        ("UN", "Security Council", False),
        ("CX", "Conference on Disarmament", False),
        ("C", "Conference", False),
        ("AB", "", False),
    ],
)
def test_initials(short: str, name: str, fits: bool):
    assert are_initials(short, name) is fits
