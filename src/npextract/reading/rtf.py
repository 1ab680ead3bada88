"""Rich Text Format: the body with its tables and text boxes, then the notes, then the running heads.

Left out: comments, tracked deletions, hidden text, the instructions of fields. An own reader, for those at hand drop
notes, running heads and text boxes, and read what is hidden.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from npextract.reading import rtf_words as words
from npextract.reading.layout import join_row, lay_out, note_mark, superscript
from npextract.reading.source import Metadata, SourceText
from npextract.reading.titles import declared_title

_TOKEN: Final = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
_LARGEST_SKIP: Final = 16
"""How many characters may stand for one that is given by its code point."""


@dataclass(slots=True)
class _Flow:
    """A destination that holds text: the body, a note, a running head, a text box."""

    paragraphs: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    """The paragraph that is being read."""
    levels: list[list[list[str]]] = field(default_factory=lambda: [[[]], [[]]])
    """For a table, and one within it, the cells of the row that is being read; the last is open."""
    note: int | None = None
    """Which note this is."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until a group ends."""

    flow: _Flow
    left_out: bool = False
    hidden: bool = False
    raised: bool = False
    skip: int = 1
    font: int | None = None
    depth: int = 0
    """In how many tables the paragraph lies."""
    inside: str = ""
    """fonttbl or title, whose content is read in another way."""


@dataclass(slots=True)
class _File:
    """What is known of the file while it is read."""

    encoding: str = "cp1252"
    fonts: dict[int, int] = field(default_factory=dict)
    """Font → character set."""
    default_font: int | None = None
    notes: list[_Flow] = field(default_factory=list)
    running: list[_Flow] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)
    """Bytes that are still to be decoded, all in one font."""
    to_skip: int = 0
    starred: bool = False


def read_rtf(data: bytes, source: str) -> SourceText:
    """A document in Rich Text Format. One that ends too early is read as far as it goes, with a warning."""
    text = data.decode("latin-1")
    file = _File()
    body = _Flow()
    group = _Group(body)
    stack: list[_Group] = []
    at = 0
    while (token := _TOKEN.match(text, at)) is not None:
        at = token.end()
        if token["hex"] is None and file.pending:
            _write_pending(file, group)
        if token["text"] is not None:
            _read_text(token["text"], file, group)
        elif token["hex"] is not None:
            if file.to_skip:
                file.to_skip -= 1
            else:
                file.pending.append(int(token["hex"], 16))
        elif token["brace"] == "{":
            file.to_skip = 0
            stack.append(group)
        elif token["brace"] == "}":
            file.to_skip = 0
            _end_group(group, stack)
            group = stack.pop() if stack else group
            if not stack:
                break
        elif (word := token["word"] or token["symbol"]) is not None:
            number = None if token["number"] is None else int(token["number"])
            if word == "bin":
                at += max(0, number or 0)
            else:
                group = _obey(word, number, file, group)
    _write_pending(file, group)
    warnings = ("damaged: the file ends within a group; it may be cut off",) if stack else ()
    for flow in (body, *file.notes, *file.running):
        _end_flow(flow)
    running = [paragraph for flow in file.running for paragraph in flow.paragraphs]
    shown, _ = lay_out(body.paragraphs, [_with_gap(flow.paragraphs) for flow in file.notes], running)
    metadata = Metadata(title=declared_title("".join(file.title)))
    return SourceText(shown, "rtf", metadata, warnings=warnings)


def _end_group(group: _Group, stack: list[_Group]) -> None:
    """A text box's paragraphs follow those before the paragraph in which it is anchored."""
    if stack and group.flow is not stack[-1].flow and group.flow.note == _BOX:
        _end_flow(group.flow)
        _sink(stack[-1]).extend(group.flow.paragraphs)
        group.flow.paragraphs.clear()


_BOX: Final = -1
_HEAD: Final = -2


def _read_text(text: str, file: _File, group: _Group) -> None:
    if file.to_skip:
        skipped = min(file.to_skip, len(text))
        file.to_skip -= skipped
        text = text[skipped:]
    if not text.isascii():
        text = text.encode("latin-1").decode(_encoding(file, group), "replace")
    _write(text, file, group)


def _write_pending(file: _File, group: _Group) -> None:
    if file.pending:
        font = file.default_font if group.font is None else group.font
        if font is not None and file.fonts.get(font) == words.SYMBOL_CHARSET:
            text = "•" * len(file.pending)
        else:
            text = file.pending.decode(_encoding(file, group), "replace")
        file.pending.clear()
        _write(text, file, group)


def _encoding(file: _File, group: _Group) -> str:
    font = file.default_font if group.font is None else group.font
    return words.CHARSETS.get(-1 if font is None else file.fonts.get(font, -1), file.encoding)


def _write(text: str, file: _File, group: _Group) -> None:
    if group.inside == "title":
        file.title.append(text)
    elif not (group.left_out or group.hidden):
        group.flow.parts.append(superscript(text) if group.raised else text)


def _obey(word: str, number: int | None, file: _File, group: _Group) -> _Group:
    """Do what a control word or symbol says; the group as it is from there on."""
    if word == "*":
        file.starred = True
        return group
    starred, file.starred = file.starred, False
    file.to_skip = 0
    if word in words.LEFT_OUT or (starred and word not in words.READ_STARRED):
        inside = word if word in ("fonttbl", "title") else group.inside
        return replace(group, left_out=True, inside=inside)
    if word in words.CHARACTERS or word in words.SYMBOLS:
        _write(words.CHARACTERS.get(word) or words.SYMBOLS[word], file, group)
    elif word == "u" and number is not None:
        _write(chr(number % 0x10000), file, group)
        file.to_skip = group.skip
    elif word == "f":
        return replace(group, font=number)
    elif word in _FORMATTING:
        return _FORMATTING[word](group, number)
    elif group.inside == "fonttbl":
        if word == "fcharset" and group.font is not None and number is not None:
            file.fonts[group.font] = number
    elif word in _FILE_WORDS:
        _describe_file(word, number, file)
    elif word == "ud":
        return replace(group, left_out=False)
    elif not group.left_out:
        return _structure(word, file, group)
    return group


_FILE_WORDS: Final = frozenset({"ansicpg", "mac", "pc", "pca", "deff", "deflang"})


def _describe_file(word: str, number: int | None, file: _File) -> None:
    match word:
        case "deff":
            file.default_font = number
        case "deflang" if number == words.RUSSIAN and file.encoding == "cp1252":
            file.encoding = "cp1251"
        case "ansicpg" if _is_encoding(f"cp{number}"):
            file.encoding = f"cp{number}"
        case "mac" | "pc" | "pca":
            file.encoding = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]


def _is_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-7", "utf-16", "utf-32")
    except LookupError:
        return False


_FORMATTING: Final[dict[str, Callable[[_Group, int | None], _Group]]] = {
    "v": lambda group, number: replace(group, hidden=number != 0),
    "deleted": lambda group, number: replace(group, hidden=number != 0),
    "super": lambda group, number: replace(group, raised=number != 0),
    "nosupersub": lambda group, number: replace(group, raised=False),
    "sub": lambda group, number: replace(group, raised=False),
    "plain": lambda group, number: replace(group, hidden=False, raised=False, font=None),
    "uc": lambda group, number: replace(group, skip=min(max(number or 0, 0), _LARGEST_SKIP)),
    "pard": lambda group, number: replace(group, depth=0),
    "intbl": lambda group, number: replace(group, depth=max(group.depth, 1)),
    "itap": lambda group, number: replace(group, depth=min(max(number or 0, 0), 2)),
}


def _structure(word: str, file: _File, group: _Group) -> _Group:
    """Paragraphs, cells, rows, notes and running heads."""
    flow = group.flow
    if word in words.PARAGRAPH_ENDS:
        _end_paragraph(group)
    elif word in ("cell", "nestcell"):
        level = 0 if word == "cell" else 1
        _end_paragraph(replace(group, depth=level + 1))
        flow.levels[level].append([])
    elif word in ("row", "nestrow"):
        _end_row(flow, 0 if word == "row" else 1)
    elif word == "chftn":
        number = len(file.notes) if flow.note is None else flow.note
        if not group.hidden:
            flow.parts.append(superscript(str(number + 1)))
    elif word in words.NOTES and flow.note is None:
        note = _Flow(note=len(file.notes))
        flow.parts.append(note_mark(len(file.notes)))
        file.notes.append(note)
        return replace(group, flow=note, raised=False, depth=0)
    elif word in words.RUNNING:
        file.running.append(_Flow(note=_HEAD))
        return replace(group, flow=file.running[-1], raised=False, depth=0)
    elif word in words.BOXES:
        return replace(group, flow=_Flow(note=_BOX), raised=False, depth=0)
    return group


def _sink(group: _Group) -> list[str]:
    """Where paragraphs go: to the text, or to the open cell."""
    return group.flow.paragraphs if group.depth == 0 else group.flow.levels[group.depth - 1][-1]


def _end_paragraph(group: _Group) -> None:
    text = "".join(group.flow.parts)
    group.flow.parts.clear()
    _sink(group).append(_with_whole_characters(text))


def _with_whole_characters(text: str) -> str:
    """The text with the halves of characters beyond U+FFFF joined, and without control characters."""
    if any("\ud800" <= c <= "\udfff" for c in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_CONTROLS)


_CONTROLS: Final = dict.fromkeys([0, *range(3, 9), *range(11, 13), *range(14, 32)])
"""Control characters but for those around a note's number, which this reader writes itself."""


def _end_row(flow: _Flow, level: int) -> None:
    paragraphs = join_row(flow.levels[level])
    flow.levels[level] = [[]]
    (flow.paragraphs if level == 0 else flow.levels[0][-1]).extend(paragraphs)


def _end_flow(flow: _Flow) -> None:
    """What was read last; a table that was not ended too."""
    for level in (1, 0):
        if any(any(cell) for cell in flow.levels[level]):
            _end_row(flow, level)
    _end_paragraph(_Group(flow))


def _with_gap(paragraphs: list[str]) -> list[str]:
    """A note's paragraphs with a space behind its number."""
    first = next((n for n, text in enumerate(paragraphs) if text.strip()), None)
    if first is None:
        return []
    return [_GAP.sub(r"\1 ", paragraphs[first].strip(), count=1), *paragraphs[first + 1 :]]


_GAP: Final = re.compile(r"^([⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?=\w)")
