"""Citations made from the grammar, declined and damaged, give back the symbol they were made from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpers import rules
from npextract.finders.references.numerals import format_roman
from npextract.ontology import load

REGISTRY = load().registry
RUSSIAN_NOUNS = ("резолюция", "резолюции", "резолюцию", "резолюцией", "Резолюция", "РЕЗОЛЮЦИЯ")
ENGLISH_NOUNS = ("resolution", "Resolution", "RESOLUTION", "res.", "Res.")
TO_CYRILLIC = str.maketrans("ACEOX", "АСЕОХ")


def resolutions(text: str) -> list[tuple[str | None, tuple[str, ...], str]]:
    """The resolutions of a text: symbol, flags, words."""
    mentions = rules().extract(text).mentions
    return [(m.id and m.id.partition(":")[2], m.flags, m.text) for m in mentions if m.kind == "resolution"]


council_numbers = st.integers(1, REGISTRY.last_number)


def council_symbol(number: int) -> str:
    return f"S/RES/{number}({REGISTRY.security_council_year(number)})"


@st.composite
def council_citations(draw: st.DrawFn) -> tuple[str, str]:
    """A citation of the Security Council and its symbol."""
    number = draw(council_numbers)
    year = REGISTRY.security_council_year(number)
    if draw(st.booleans()):
        noun = draw(st.sampled_from(RUSSIAN_NOUNS))
        body = draw(st.sampled_from(["", " Совета Безопасности", " СБ ООН", " Совбеза ООН"]))
        mark = draw(st.sampled_from([" ", " № ", " №", " номер "]))
        tail = draw(st.sampled_from(["", f" ({year})", f"({year})", f" ({year} г.)", f" ({year} года)"]))
        return f"{noun}{body}{mark}{number}{tail}", council_symbol(number)
    noun = draw(st.sampled_from(ENGLISH_NOUNS))
    body = draw(st.sampled_from(["", "Security Council ", "UN Security Council ", "UNSC ", "the Security Council's "]))
    mark = draw(st.sampled_from([" ", " No. ", " no. ", ", number "]))
    tail = draw(st.sampled_from(["", f" ({year})", f"({year})", f"/{year}"]))
    return f"{body}{noun}{mark}{number}{tail}", council_symbol(number)


@given(
    council_citations(), st.sampled_from(["", "In ", "В ", "(see ", "— "]), st.sampled_from(["", ".", ", ", ";\n", ")"])
)
def test_the_security_council(citation: tuple[str, str], before: str, behind: str):
    text, symbol = citation
    assert [(s, f) for s, f, _ in resolutions(before + text + behind)] == [(symbol, ())]


@given(st.lists(council_numbers.filter(lambda n: n >= 100), min_size=2, max_size=6, unique=True), st.data())
def test_lists(numbers: list[int], data: st.DataObject):
    dated = data.draw(st.booleans())
    noun, joint = data.draw(
        st.sampled_from([("resolutions", " and "), ("резолюциях", " и "), ("Resolutions", ", and ")])
    )
    items = [f"{n} ({REGISTRY.security_council_year(n)})" if dated else str(n) for n in numbers]
    text = f"{noun} {', '.join(items[:-1])}{joint}{items[-1]}"
    assert resolutions(text) == [
        (council_symbol(n), (), f"{noun} {item}" if place == 0 else item)
        for place, (n, item) in enumerate(zip(numbers, items, strict=True))
    ]


@given(st.integers(31, 80), st.integers(1, 300), st.sampled_from(["", "A", "B", "C", "L", "W"]), st.data())
def test_the_assembly_s_sessions(session: int, number: int, letter: str, data: st.DataObject):
    form = data.draw(
        st.sampled_from(
            [
                "General Assembly resolution {}/{}{}",
                "resolution {}/{}{} of the General Assembly",
                "A/RES/{}/{}{}",
                "резолюция {}/{}{} Генеральной Ассамблеи",
                "резолюцией Генеральной Ассамблеи {}/{}{}",
                "А/RES/{}/{}{}",
            ]
        )
    )
    text = form.format(session, number, f" {letter}" if letter and not form.endswith("RES/{}/{}{}") else letter)
    assert [symbol for symbol, _, _ in resolutions(text)] == [f"A/RES/{session}/{number}{letter}"]


@given(st.integers(1, 30), st.integers(1, 3541), st.sampled_from(["", " A", " B", " C"]), st.booleans(), st.data())
def test_roman_sessions_and_their_look_alikes(
    session: int, number: int, letter: str, damaged: bool, data: st.DataObject
):
    numeral = format_roman(session)
    noun = data.draw(st.sampled_from(["resolution", "General Assembly resolution", "резолюция", "резолюции"]))
    shown, letter_shown = (
        (numeral.translate(TO_CYRILLIC), letter.translate(TO_CYRILLIC)) if damaged else (numeral, letter)
    )
    ((symbol, flags, _),) = resolutions(f"{noun} {number}{letter_shown} ({shown})")
    assert symbol == f"A/RES/{number}{letter.strip()}({numeral})"
    assert bool(flags) == (damaged and shown != numeral) or not set(flags) - {"lookalike-letters", "damaged"}


@given(st.integers(1, 60), st.integers(1, 50), st.booleans())
def test_the_human_rights_council(session: int, number: int, russian: bool):
    body = "резолюция Совета по правам человека" if russian else "Human Rights Council resolution"
    assert [symbol for symbol, _, _ in resolutions(f"{body} {session}/{number}")] == [f"A/HRC/RES/{session}/{number}"]


@given(st.integers(1978, 2025), st.integers(1, 60), st.booleans())
def test_the_economic_and_social_council(year: int, number: int, russian: bool):
    text = f"резолюция {year}/{number} ЭКОСОС" if russian else f"ECOSOC resolution {year}/{number}"
    assert [symbol for symbol, _, _ in resolutions(text)] == [f"E/RES/{year}/{number}"]


@given(council_numbers.filter(lambda n: n >= 100), st.data())
def test_damage(number: int, data: st.DataObject):
    year = REGISTRY.security_council_year(number)
    digits = str(number)
    split = data.draw(st.integers(1, len(digits) - 2)) if len(digits) > 3 else 1
    form = data.draw(
        st.sampled_from(
            [
                f"resolution {number} {{{year})",
                f"resolution {number} ({year}",
                f"resolution {number} {year})",
                f"S/RES/ {number} ({year})",
                f"S / RES / {number}",
                f"резолюция {number} [{year})",
                f"резолюция {digits[:split]} {digits[split:]} ({year})"
                if len(digits) - split <= 3
                else f"S/RES/ {number}",
                f"resolution {number} ({str(year)[:3]}-{str(year)[3:]})",
            ]
        )
    )
    ((symbol, flags, _),) = resolutions(form)
    assert (symbol, flags) == (council_symbol(number), ("damaged",))


@given(council_citations(), st.sampled_from(["\n", "\r\n", "\u00a0", "  ", "\t"]))
def test_spaces_and_lines(citation: tuple[str, str], space: str):
    text, symbol = citation
    assert [s for s, _, _ in resolutions(text.replace(" ", space, 1))] == [symbol]


@given(council_numbers, st.integers(1946, REGISTRY.last_year))
def test_a_wrong_year_is_told(number: int, year: int):
    right = REGISTRY.security_council_year(number)
    ((symbol, flags, _),) = resolutions(f"resolution {number} ({year})")
    assert symbol == council_symbol(number)
    assert (flags == ()) == (year == right)
