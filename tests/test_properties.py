"""What holds for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import found, rules
from npextract import Document
from npextract.document import sort_key
from strategies import clean_texts, messy_texts, paragraphs_of_names, sure_names


def check(document: Document) -> None:
    """The promises of the record: offsets, order, parents, scores."""
    text, mentions = document.text, document.mentions
    for index, mention in enumerate(mentions):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert 0 <= mention.score <= 1
        assert mention.score == round(mention.score, 3)
        enclosing = [
            i
            for i, other in enumerate(mentions)
            if i != index and other.start <= mention.start and mention.end <= other.end
        ]
        if mention.parent is None:
            assert enclosing == []
        else:
            smallest = min(mentions[i].end - mentions[i].start for i in enclosing)
            assert mention.parent in enclosing
            assert mention.parent < index
            assert mentions[mention.parent].end - mentions[mention.parent].start == smallest
    keys = [sort_key(m) for m in mentions]
    assert keys == sorted(keys)


@given(messy_texts())
def test_offsets_are_right_in_messy_texts(text: str):
    document = rules().extract(text)
    assert document.text == text
    check(document)


@given(clean_texts())
def test_offsets_are_right_in_clean_texts(text: str):
    document = rules().extract(text)
    check(document)
    assert document.mentions or not any(name in text for name, _ in sure_names())


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_offsets_are_right_in_any_text(text: str):
    check(rules().extract(text))


@given(messy_texts(), st.sampled_from(["en", "ru"]))
def test_offsets_are_right_whatever_the_language(text: str, lang: str):
    document = rules().extract(text, lang=lang)
    check(document)
    assert {m.lang for m in document.mentions} <= {lang}


@given(paragraphs_of_names(), st.integers(2, 5))
def test_copies_of_a_text_have_copies_of_its_mentions(names: list[tuple[str, str]], copies: int):
    text = ", ".join(name for name, _ in names) + "."
    once, often = rules().extract(text, lang="en"), rules().extract("\n\n".join([text] * copies), lang="en")
    assert [m.id for m in often.mentions] == [m.id for m in once.mentions] * copies
    step = len(text) + 2
    assert [m.start for m in often.mentions] == [m.start + step * n for n in range(copies) for m in once.mentions]


@given(st.lists(clean_texts(), min_size=1, max_size=3), st.integers(2, 3))
def test_copies_of_sentences_are_read_alike(texts: list[str], copies: int):
    text = "\n\n".join(texts)
    once = [m.id for m in rules().extract(text, lang="ru").mentions if m.score > 0.9]
    often = [m.id for m in rules().extract("\n\n".join([text] * copies), lang="ru").mentions if m.score > 0.9]
    assert often == once * copies


@given(messy_texts())
def test_line_ends_do_not_matter(text: str):
    text = text.replace("\r", "")
    unix, windows = rules().extract(text), rules().extract(text.replace("\n", "\r\n"))
    assert [(m.id, m.kind, m.form) for m in unix.mentions] == [(m.id, m.kind, m.form) for m in windows.mentions]


@given(paragraphs_of_names())
def test_a_byte_order_mark_in_front_moves_offsets_by_one(names: list[tuple[str, str]]):
    text = "; ".join(name for name, _ in names)
    plain, marked = rules().extract(text), rules().extract("\ufeff" + text)
    assert [(m.start + 1, m.id) for m in plain.mentions] == [(m.start, m.id) for m in marked.mentions]


def spoil(name: str, way: str) -> str:
    """A name as a file may have it."""
    middle = name.index(" ", len(name) // 3) if " " in name[len(name) // 3 :] else name.index(" ")
    match way:
        case "wrapped":
            return name[:middle] + "\n" + name[middle + 1 :]
        case "spaced":
            return name.replace(" ", " \u00a0 ")
        case "bold":
            return f"**{name[:middle]}**{name[middle:]}"
        case "linked":
            return f"[{name}](https://example.org/a_(b)?c=d)"
        case "soft":
            return name[:2] + "\u00ad" + name[2:]
        case "quoted":
            return f"«{name}»"
        case "shouted":
            return name.upper()
    raise ValueError(way)


@pytest.mark.parametrize("way", ["wrapped", "spaced", "bold", "linked", "soft", "quoted", "shouted"])
@given(st.sampled_from(sure_names()))
def test_a_name_is_found_however_it_is_written(way: str, pair: tuple[str, str]):
    name, identifier = pair
    assert identifier in {id for _, id in found(f"the {spoil(name, way)} of 2004", lang="en")}


@given(st.sampled_from(sure_names()), st.sampled_from(["", "(", "«", "“", "- ", "1. ", "\n\n", "the "]))
def test_a_name_is_found_whatever_stands_before(pair: tuple[str, str], before: str):
    name, identifier = pair
    assert (name, identifier) in found(before + name, lang="en")
