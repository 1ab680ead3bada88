"""The grammatical forms of Russian names, made when the ontology is built.

A name's head, its first noun in the nominative, is inflected together with the adjectives before it and the
participles behind it ("Комитет …, учрежденный"); a genitive tail stays as it is. Where the dictionary would
get a name wrong, the name's source lists its forms.
"""

from __future__ import annotations

from functools import cache
from os.path import commonprefix
from typing import Any, Final

import pymorphy3
import pymorphy3_dicts_ru
import regex

CASES: Final = ("nomn", "gent", "datv", "accs", "ablt", "loct")
GENDERS: Final = ("masc", "femn", "neut")
_NEVER_MEANT: Final = {"больший"}
"""Adjectives that share a nominative with another one and are in no name: "Большая семерка" is not the larger one."""
_PERSON: Final = {"Surn", "Name", "Patr"}
_WORD: Final = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'-]*")
_ROMAN: Final = regex.compile(r"[IVX]+")
_APPOSITIONS: Final = {"республика", "королевство", "государство", "содружество", "княжество", "союз", "султанат"}
"""Titles behind which a state's name may stay as it is ("Республики Корея") or follow ("Республики Кореи")."""


@cache
def _morph() -> Any:
    return pymorphy3.MorphAnalyzer(path=pymorphy3_dicts_ru.get_path(), lang="ru")


@cache
def _parses(word: str) -> tuple[Any, ...]:
    return tuple(_morph().parse(word))


def _nominative(word: str, *parts_of_speech: str) -> list[Any]:
    return [p for p in _parses(word) if p.tag.POS in parts_of_speech and "nomn" in p.tag]


def _agreeing(word: str, head: Any) -> Any | None:
    """The reading of `word` as an adjective or participle that agrees with the head in the nominative."""
    for parse in _nominative(word, "ADJF", "PRTF"):
        if parse.normal_form in _NEVER_MEANT:
            continue
        same_gender = head.tag.number == "plur" or parse.tag.gender == head.tag.gender
        if parse.tag.number == head.tag.number and same_gender:
            return parse
    return None


def _like(form: str, model: str) -> str:
    """`form` with the capitals of `model`: "организации" like "Организация"."""
    if model.isupper() and len(model) > 1:
        return form.upper()
    same = form.count("-") == model.count("-")
    parts = zip(form.split("-"), model.split("-"), strict=True) if same else [(form, model)]
    return "-".join(f[:1].upper() + f[1:] if m[:1].isupper() else f for f, m in parts)


def _find_head(words: list[str]) -> tuple[int, Any] | None:
    """The first noun in the nominative with only agreeing adjectives before it: its place and its reading.

    A word that may be an adjective or a noun ("Московский", also a surname) is the head only if no noun follows
    that it agrees with. "и" may join adjectives: "Экономический и Социальный Совет".
    """
    fallback: tuple[int, Any] | None = None
    adjectives: list[str] = []
    for i, word in enumerate(words):
        if (adjectives and word == "и") or _ROMAN.fullmatch(word):
            continue
        is_adjective = bool(_nominative(word, "ADJF", "PRTF"))
        for head in _nominative(word, "NOUN"):
            if not _PERSON.isdisjoint(head.tag.grammemes) or not all(_agreeing(a, head) for a in adjectives):
                continue
            if not is_adjective:
                return i, head
            fallback = fallback or (i, head)
            break
        if is_adjective:
            adjectives.append(word)
        else:
            return fallback
    return fallback


def _inflect_word(parse: Any, case: str, number: str | None, gender: str | None = None) -> str | None:
    grammemes = {case, *((number,) if number else ())}
    if gender and number == "sing":
        grammemes.add(gender)
    if case == "accs" and parse.tag.POS in ("ADJF", "PRTF") and (number == "plur" or gender == "masc"):
        grammemes.add("inan")
    if "Supr" in parse.tag:  # "высший" shares its dictionary entry with "высочайший"
        forms = [str(p.word) for p in parse.lexeme if grammemes <= p.tag.grammemes and "Supr" in p.tag]
        return max(forms, key=lambda form: len(commonprefix((form, parse.word))), default=None)  # noqa: RUF071
    inflected = parse.inflect(grammemes)
    return None if inflected is None else str(inflected.word)


def inflect_phrase(name: str) -> list[str]:
    """All distinct case forms of a name, the name itself first; a name the rules don't fit stays alone."""
    matches = list(_WORD.finditer(name))
    words = [m[0] for m in matches]
    found = _find_head(words)
    if found is None:
        return [name]
    at, head = found
    number = head.tag.number or "sing"
    gender = head.tag.gender
    agreeing = {i: parse for i in range(at) if (parse := _agreeing(words[i], head))}
    for i in range(at + 1, len(words)):
        opens = name[matches[i].start() - 2 : matches[i].start()] == ", "
        if opens and "PRTF" in {p.tag.POS for p in _parses(words[i])} and (parse := _agreeing(words[i], head)):
            agreeing[i] = parse
    followers = _apposition(words, at) if words[at].lower() in _APPOSITIONS else {}
    forms = [name]
    for case in CASES[1:]:
        changes = {at: _inflect_word(head, case, number)}
        changes |= {i: _inflect_word(p, case, number, gender) for i, p in agreeing.items()}
        changes |= _inside_parentheses(name, matches, at, case)
        if any(form is None for form in changes.values()):
            continue
        forms.append(_replace(name, matches, changes))
        if followers:
            with_name = changes | {i: _inflect_word(p, case, p.tag.number) for i, p in followers.items()}
            if all(with_name.values()):
                forms.append(_replace(name, matches, with_name))
    return list(dict.fromkeys(forms))


def head_of(name: str) -> str | None:
    """The word of a name that is inflected; None where none is found."""
    words = [m[0] for m in _WORD.finditer(name)]
    found = _find_head(words)
    return None if found is None else words[found[0]]


def has_second_head(name: str) -> bool:
    """Whether "и" joins the head with a noun that is a nominative and nothing else: "Сербия и Черногория"."""
    words = [m[0] for m in _WORD.finditer(name)]
    found = _find_head(words)
    if found is None or words[found[0] + 1 : found[0] + 2] != ["и"]:
        return False
    behind = found[0] + 2
    while behind < len(words) and _nominative(words[behind], "ADJF", "PRTF"):
        behind += 1
    nouns = [p for p in _parses(words[behind]) if p.tag.POS == "NOUN"] if behind < len(words) else []
    return bool(nouns) and "nomn" in nouns[0].tag


def is_fixed(noun: str) -> bool:
    """Whether a noun is the same in all cases: "Конго"."""
    return all("Fixd" in parse.tag for parse in _nominative(noun, "NOUN"))


def is_in_dictionary(noun: str) -> bool:
    """Whether the dictionary has the noun; the forms of others are guessed by their endings."""
    return bool(_morph().word_is_known(noun.lower()))


def has_rivals(noun: str) -> bool:
    """Whether a spelling is the nominative of two nouns that decline differently: "лев", "орган"."""
    singular = {case for case in CASES if case not in ("nomn", "accs")}
    lexemes = {
        tuple(sorted({p.word for p in parse.lexeme if p.tag.number == parse.tag.number and p.tag.case in singular}))
        for parse in _nominative(noun, "NOUN")
        if _PERSON.isdisjoint(parse.tag.grammemes)
    }
    return len(lexemes) > 1


def _apposition(words: list[str], at: int) -> dict[int, Any]:
    """The name behind a title, if it is one noun in the nominative: "Беларусь" in "Республика Беларусь"."""
    if at + 2 != len(words):
        return {}
    parses = [p for p in _nominative(words[at + 1], "NOUN") if "Fixd" not in p.tag]
    return {at + 1: parses[0]} if parses else {}


def _inside_parentheses(name: str, matches: list[Any], at: int, case: str) -> dict[int, str | None]:
    """The list order of UN names inflects on both sides: "Ирана (Исламской Республики)"."""
    first = at + 1
    if first >= len(matches) or name[matches[first].start() - 2 : matches[first].start()] != " (" or name[-1] != ")":
        return {}
    inner = [m[0] for m in matches[first:]]
    found = _find_head(inner)
    if found is None:
        return {}
    head_at, head = found
    number = head.tag.number or "sing"
    changes = {first + head_at: _inflect_word(head, case, number)}
    for i in range(head_at):
        changes[first + i] = _inflect_word(_agreeing(inner[i], head), case, number, head.tag.gender)
    return changes


def _replace(name: str, matches: list[Any], changes: dict[int, str | None]) -> str:
    parts: list[str] = []
    done = 0
    for i, match in enumerate(matches):
        if (form := changes.get(i)) is not None:
            parts += (name[done : match.start()], _like(form, match[0]))
            done = match.end()
    return "".join((*parts, name[done:]))


def inflect_adjective(adjective: str) -> list[str]:
    """All forms of an adjective ("российский"), by gender, number and case."""
    parses = [p for p in _parses(adjective) if p.tag.POS == "ADJF" and "nomn" in p.tag]
    if not parses:
        return [adjective]
    forms = (p.word for p in parses[0].lexeme if p.tag.POS == "ADJF" and "Supr" not in p.tag and "Cmp2" not in p.tag)
    return list(dict.fromkeys((adjective, *forms)))


def compound_stem(adjective: str) -> str | None:
    """An adjective as the first part of a compound: "российско" in "российско-китайский"."""
    return adjective[:-2] + "о" if adjective.endswith(("ский", "цкий")) else None


def inflect_people(person: str) -> list[str]:
    """All forms of a noun for a person ("россиянин"), singular and plural."""
    parses = [p for p in _nominative(person, "NOUN") if p.tag.number == "sing"] or _nominative(person, "NOUN")
    if not parses:
        return [person]
    return list(dict.fromkeys((person, *(p.word for p in parses[0].lexeme))))
