"""The reading view: the text as a person reads it, with a map back to the text as it is.

Markup, line wraps, hyphens at line ends, soft hyphens and look-alike letters are taken away or put right in
one forward pass; what is left can be matched with plain names. Paragraphs are divided by a single line feed,
which stands nowhere else, so that no name runs from one paragraph into the next.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from npextract.reading.characters import (
    LOOKALIKES_TO_CYRILLIC,
    LOOKALIKES_TO_LATIN,
    fold,
    normalise,
)
from npextract.reading.offsets import IDENTITY, OffsetMap

OPAQUE: Final = "\ufffc"
"""What stands in the view for an address (URL, e-mail), in which nothing is to be found."""

Edit = tuple[int, int, str]
"""Replace the characters `start` … `end` of a text with a string."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class View:
    """A text made readable. All offsets of `text`, `folded`, `mended` and `joined` are the view's own."""

    source: str
    """The text as it was given."""
    text: str
    """The readable text, with its capitals."""
    folded: str
    """The readable text in lower case, of the same length."""
    offsets: OffsetMap
    mended: Sequence[Span]
    """Where letters of the wrong script were put right, in order."""
    joined: Sequence[int]
    """Where a hyphen was taken away at a line's end: the offset of the character behind it, in order."""

    def is_mended(self, start: int, end: int) -> bool:
        """Whether a letter in the span `start` … `end` stood there in the other script."""
        i = bisect_left(self.mended, (start, start))
        return any(a < end and b > start for a, b in self.mended[max(0, i - 1) : i + 1])


# Trouble begins with one of these characters, which a scan finds fast; what it is, the patterns below say.
_SUSPECT_CLASS: Final = (
    r"\t-\r\x1c-\x1f\x85\u2028\u2029"  # white space other than the plain space
    r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe"  # invisible characters
    r"\\*_"  # markup
    r"\ufb00-\ufb06\u0300-\u036f"  # ligatures and marks
)
_SUSPECT: Final = re.compile(f"[{_SUSPECT_CLASS}]")
_SUSPECT_OR_SPACES: Final = re.compile(f"[{_SUSPECT_CLASS}]|  +")

# A hyphen at a line's end divides a word unless a capital or digit follows: "inter-⏎national", but
# "Non-⏎Proliferation". pdfium writes U+FFFE for such a hyphen.
_TROUBLE: Final = regex.compile(
    r"""
      (?P<hyphen> (?<=\w) \ufffe (?: [^\S\n]{0,80} \r?\n [^\S\n]{0,80} )? (?=\w) )
    | (?P<invisible> [\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe]++
        (?: (?<=\u00ad) [^\S\n]{0,80} \r?\n [^\S\n]{0,80} (?=\w) )? )
    | (?P<space> \s++ )
    | (?P<escape> \\ (?=[\\()\[\]{}_*\#.!+\-`<>|~&"']) )
    | (?P<emphasis> \*{1,3} (?=\S) | (?<=\S) \*{1,3} | (?<!\w) _{1,3} (?=\w) | (?<=\w) _{1,3} (?!\w) )
    | (?P<ligature> [\ufb00-\ufb06] )
    | (?P<marks> [\u0300-\u036f]++ )
    """,
    regex.VERBOSE,
)
_HYPHEN_AT_END: Final = re.compile(r"-[ \t]{0,80}[\r\n]")
_LINE_END_HYPHEN: Final = regex.compile(
    r"(?<=\w) - [^\S\n]{0,80} \r?\n [^\S\n]{0,80} (?P<quote> > [>\ \t]{0,80} )? (?=\w)", regex.VERBOSE
)
_QUOTE_MARKS: Final = re.compile(r">[>\s]*")
_LINK: Final = regex.compile(
    r"""(?<!\\) \[ (?: \\. | [^\[\]\\] ){1,1000}+
        (?P<target> \]\( (?: [^()\\\n] | \\. | \( [^()\\\n]{0,500}+ \) ){0,2000}+ \) )""",
    regex.VERBOSE,
)
_ADDRESS: Final = regex.compile(
    r"""(?: https?:// | www\. ) [^\s<>"()\[\]]{1,2000}+
      | (?<![\w.+-]) [\w.+-]{1,64}+ @ [\w-]{1,64} (?: \. [\w-]{1,64} ){1,8}""",
    regex.VERBOSE,
)
_LIST_ITEM: Final = regex.compile(
    r"(?: [-*•·▪] \s | \#{1,6} \s | \d{1,2} [.)] \s | \(? [a-zа-я] \) \s | \| )", regex.VERBOSE
)
_LONGEST_LINE: Final = 300
"""How far back the beginning of a line is looked for."""
_SEAM: Final = re.compile(r"[A-Za-z][А-яЁёІЈЅіјѕ]|[А-яЁёІЈЅіјѕ][A-Za-z]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_CYRILLIC: Final = re.compile(r"[А-яЁёІЈЅіјѕ]")
_LETTERS: Final = re.compile(r"[A-Za-zА-яЁёІЈЅіјѕ]*")
_LETTERS_BACKWARD: Final = regex.compile(r"(?r)[A-Za-zА-яЁёІЈЅіјѕ]*")
_NEIGHBOURHOOD: Final = 40
"""How many characters on either side say which script a doubtful word is in."""


def build_view(source: str) -> View:
    """Read a text: its view, built in one pass, in time that grows with its length alone."""
    plain = normalise(source)
    plain, mended = mend_mixed_words(plain) if not plain.isascii() else (plain, [])
    text, offsets, joined = apply_edits(plain, find_edits(plain))
    mended = [(offsets.to_view(start), offsets.to_view(end)) for start, end in mended]
    return View(source, text, fold(text), offsets, mended, joined)


def mend_mixed_words(text: str) -> tuple[str, list[Span]]:
    """Words that mix Cyrillic and Latin look-alikes, written in one script: their letters' or their neighbours'.

    A word is left alone unless all its letters of one script have a look-alike in the other ("COVIDом" stays).
    Returns the text, of the same length, and where it was mended.
    """
    mended: list[Span] = []
    parts: list[str] = []
    done = looked_at = 0
    for seam in _SEAM.finditer(text):
        if seam.start() < looked_at:
            continue
        start = max(looked_at, _word_start(text, seam.start()))
        end = _LETTERS.match(text, seam.end()).end()  # type: ignore[union-attr]
        looked_at = end
        word = _one_script(text[start:end], text[max(0, start - _NEIGHBOURHOOD) : end + _NEIGHBOURHOOD])
        if word is not None:
            parts += (text[done:start], word)
            mended.append((start, end))
            done = end
    return ("".join((*parts, text[done:])), mended) if mended else (text, mended)


def _word_start(text: str, offset: int) -> int:
    """Where the letters end that stand before `offset` without a break."""
    match = _LETTERS_BACKWARD.match(text, endpos=offset) if offset else None
    return match.start() if match else offset


def _one_script(word: str, around: str) -> str | None:
    """The word with its look-alikes put right, or None where it truly mixes scripts."""
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    as_cyrillic = all(c in LOOKALIKES_TO_CYRILLIC for c in latin)
    as_latin = all(c in LOOKALIKES_TO_LATIN for c in cyrillic)
    if as_cyrillic and as_latin:
        as_cyrillic = len(_CYRILLIC.findall(around)) > len(_LATIN.findall(around))
    if as_cyrillic:
        return "".join(LOOKALIKES_TO_CYRILLIC.get(c, c) for c in word)
    if as_latin:
        return "".join(LOOKALIKES_TO_LATIN.get(c, c) for c in word)
    return None


def find_edits(text: str) -> Iterator[Edit]:
    """What must change in a text to make it readable, in order, without overlaps."""
    edits = [*_find_trouble(text)]
    if "](" in text:
        edits += (edit for match in _LINK.finditer(text) for edit in _unlink(match))
    if _HYPHEN_AT_END.search(text):
        edits += (
            (*match.span(), "" if text[match.end()].islower() else "-")
            for match in _LINE_END_HYPHEN.finditer(text)
            if match["quote"] is None or _is_quoted(text, match.start())
        )
    if "@" in text or "://" in text or "www." in text:
        edits += ((*match.span(), OPAQUE) for match in _ADDRESS.finditer(text))
    done = 0
    for edit in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if edit[0] >= done:
            yield edit
            done = edit[1]


def _find_trouble(text: str) -> Iterator[Edit]:
    """White space, invisible characters, emphasis, escapes, ligatures and marks, each with what replaces it."""
    done = 0
    for suspect in (_SUSPECT_OR_SPACES if "  " in text else _SUSPECT).finditer(text):
        start = suspect.start()
        match = _TROUBLE.match(text, start) if start >= done else None
        if match is None:
            continue
        end = match.end()
        match match.lastgroup:
            case "space":
                while start > done and text[start - 1] == " ":
                    start -= 1
                end = _behind_quote_marks(text, start, end)
                yield start, end, _mend_space(text, start, end)
            case "ligature":
                yield start, end, unicodedata.normalize("NFKC", match[0])
            case "marks" if start > done:
                composed = normalise(unicodedata.normalize("NFC", text[start - 1 : end]))
                yield start - 1, end, "".join(c for c in composed if not unicodedata.combining(c))
            case "invisible" if start and text[start - 1] == " ":
                while text[end : end + 1] == " ":
                    end += 1
                yield start, end, ""
            case _:
                yield start, end, ""
        done = end


def _behind_quote_marks(text: str, start: int, end: int) -> int:
    """Where the space `start` … `end` ends if marks of a quotation (">") are space where lines of it meet."""
    if text[end : end + 1] == ">" and "\n" in text[start:end] and _is_quoted(text, start):
        return _QUOTE_MARKS.match(text, end).end()  # type: ignore[union-attr]
    return end


def _is_quoted(text: str, offset: int) -> bool:
    """Whether the line of `offset` begins with the mark of a quotation."""
    return text[text.rfind("\n", 0, offset) + 1 : offset].lstrip().startswith(">")


def _unlink(match: regex.Match[str]) -> tuple[Edit, Edit]:
    """A Markdown link loses all but its label."""
    start, end = match.span("target")
    return (match.start(), match.start() + 1, ""), (start, end, "")


def _mend_space(text: str, start: int, end: int) -> str:
    """One space, or one line break where a paragraph or an item of a list ends."""
    found = text[start:end]
    breaks = found.count("\n") + 2 * (found.count("\f") + found.count("\u2029")) or found.count("\r")
    if breaks > 1 or (breaks and _LIST_ITEM.match(text, end) and not _is_wrapped_dash(text, start, end)):
        return "\n"
    return " "


def _is_wrapped_dash(text: str, start: int, end: int) -> bool:
    """Whether a dash that begins a line belongs to the sentence of the line before: "Папуа⏎– Новая Гвинея".

    It does where that line ends in a word and is no item of a list itself.
    """
    if text[end] != "-" or start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "\"')"):
        return False
    line = text[max(text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1, 0) : start]
    return not line.lstrip("> \t").startswith("-")


def apply_edits(text: str, edits: Iterator[Edit]) -> tuple[str, OffsetMap, list[int]]:
    """The edited text, the map back, and where a hyphen was taken away (the offset of what stands behind it)."""
    parts: list[str] = []
    view, source = [0], [0]
    joined: list[int] = []
    done = length = 0
    for start, end, replacement in edits:
        parts += (text[done:start], replacement)
        length += start - done + len(replacement)
        done = end
        if len(replacement) != end - start:
            if view[-1] == length:
                source[-1] = end
            else:
                view.append(length)
                source.append(end)
            if not replacement and text[start] in "-\u00ad\ufffe":
                joined.append(length)
    if not parts:
        return text, IDENTITY, joined
    parts.append(text[done:])
    return "".join(parts), OffsetMap(view, source), joined
