"""What files declare of themselves, as far as it says something."""

from __future__ import annotations

import re
from typing import Final

from npextract.reading.characters import is_language
from npextract.reading.layout import without_controls

LONGEST_TITLE: Final = 500
_JUNK: Final = re.compile(
    r"""(?: microsoft\ (?:office\ )?(?:word|powerpoint|excel)\b .*
      | (?:untitled(?:\ (?:document|page))?|document|doc|title
          |new\ document|no\ title|без\ (?:имени|названия)|документ|новый\ документ)
        [\s_-]* \d* (?:\.\w{1,5})?
      | (?:слайд|slide|page|стр(?:аница)?\.?|лист|sheet) \s* \d+ .*
      | [\W\d_]* | \(anonymous\)
      | (?:template|normal|шаблон|index|default|main|home\ ?page|home|главная(?:\ страница)?) (?:\.\w{1,5})?
      | (?:https?|file):.*
      | [A-Za-z]:\\.*
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_FILE_NAME: Final = re.compile(
    r"\S*\.(?:docx?|docm|dotx?|odt|rtf|pdf|indd|qxd|pub|wpd|html?|txt|tex|dvi|ps)", re.IGNORECASE
)


def declared_title(text: str | None) -> str | None:
    """A title that a file declares, on one line; None for what programs put there by themselves."""
    title = " ".join(without_controls(text or "").split())
    if len(title) > LONGEST_TITLE or _JUNK.fullmatch(title) or _FILE_NAME.fullmatch(title):
        return None
    return title


def declared_language(code: str | None) -> str | None:
    """A language that a file declares, as a code such as "en"; None for what is none."""
    primary = re.split(r"[-_,; ]", (code or "").strip().lower(), maxsplit=1)[0]
    return primary if len(primary) in (2, 3) and primary != "und" and is_language(primary) else None
