"""What property tests draw: names, clean sentences, and texts with everything that goes wrong in real ones."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from npextract.ontology import Name, load
from npextract.ontology.model import AliasCode

PROSE = (
    "the delegations welcomed", "in accordance with", "and recalled that", "государства-участники", "подчеркнул",
    "в соответствии с", "и призвал", "met on 28 April 2004", "paragraph 4 of", "пункт 4", "so, then;", "(see below)",
)  # fmt: skip
CITATIONS = (
    "resolution 1540 (2004)", "резолюции 1540 (2004)", "S/RES/1540 (2004)", "резолюция СБ ООН 1718", "UNSCR 1540",
    "resolutions 1718 (2006), 1874 (2009) and 2094 (2013)", "резолюции 1695, 1718 и 1874", "resolution 71/258",
    "General Assembly resolution 2373 (XXII)", "A/RES/35/122 F", "INFCIRC/153", "S/2015/543", "the 1540 Committee",
    "Комитет, учрежденный резолюцией 1267 (1999)", "resolution 1540 (1999)", "резолюции 9999",
)  # fmt: skip
NAMES = (
    "Russian Federation", "Российской Федерацией", "Кыргызской Республики", "Iran (Islamic Republic of)", "Чад", "UN",
    "United Nations Security Council", "Совета Безопасности ООН", "МАГАТЭ", "IAEA", "ДНЯО", "the NPT", "ОДКБ", "ofCIS",
    "Договор о нераспространении ядерного оружия", "Chemical Weapons Convention", "российско-китайский", "Georgia",
    "Конго", "Iranian", "South Georgia", "Сенат США", "Côte d’Ivoire", "Безoпасности",
)  # fmt: skip
NOISE = (
    "\n", "\r\n", "\n\n", "\r\n\r\n", "-\n", "\u00ad", "\u00ad\n", "\u200b", "\ufeff", "\ufffe", "\f", "\t", "  ",
    "\0", "\x07", "\x1b[31m", "\x85", "\u2028", "\u2029", "\ud800", "\udfff", "*", "**", "_", "__", "[", "](", "](x)",
    ")", "(", "\\", "<b>", "&amp;", "| ", "# ", "1. ", "«", "»", "“", "’s", "–", "—", "ﬁ", "ﬃ", "\u0301", "\u0306",
    "и\u0306", "İ", "ß", "ẞ", "https://un.org/UN", "a@un.org", "@", "://", "1", "12", "/", ".", ",", ";", "العربية",
    "中国", "🇺🇳", "Ωмега", "ё", "і",
    "\n> ", ">",
)  # fmt: skip


def messy_texts(max_size: int = 14) -> st.SearchStrategy[str]:
    """Names, citations and prose, cut and joined by markup, control characters, surrogates and other scripts."""
    piece = st.one_of(
        st.sampled_from(NAMES),
        st.sampled_from(CITATIONS),
        st.sampled_from(NOISE),
        st.sampled_from(PROSE),
        st.just(" "),
        st.text(st.characters(exclude_categories=()), max_size=3),
    )
    return st.lists(piece, max_size=max_size).map("".join)


def clean_texts() -> st.SearchStrategy[str]:
    """Sentences without markup or damage."""
    sentence = st.lists(st.sampled_from(PROSE + CITATIONS + NAMES), min_size=1, max_size=6).map(" ".join)
    return st.lists(sentence, min_size=1, max_size=3).map("\n\n".join)


@cache
def sure_names() -> tuple[tuple[str, str], ...]:
    """Names that mean one entity whatever stands around them, with its identifier: the canonical ones."""
    known = load()
    pairs = [(entity.name(lang), entity.id) for entity in known for lang in ("en", "ru")]
    return tuple((name, id) for name, id in pairs if _is_sure(known.readings(name)) and len(name.split()) > 1)


def _is_sure(readings: list[Name]) -> bool:
    owners = {reading.entity.id if reading.entity else None for reading in readings}
    return len(owners) == 1 and None not in owners and not any(r.code & AliasCode.WEAK for r in readings)


def paragraphs_of_names() -> st.SearchStrategy[list[tuple[str, str]]]:
    """A few sure names, each with its identifier."""
    return st.lists(st.sampled_from(sure_names()), min_size=1, max_size=4)
