"""What the control words of Rich Text Format mean (specification 1.9.1), as far as the text depends on it."""

from __future__ import annotations

from typing import Final

CHARACTERS: Final = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "zwj": "\u200d", "zwnj": "\u200c", "zwbo": "\u200b", "ltrmark": "\u200e", "rtlmark": "\u200f",
}  # fmt: skip
SYMBOLS: Final = {"~": "\u00a0", "_": "\u2011", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}", "\t": "\t"}
"""Control symbols: a backslash and one character that is no letter."""
PARAGRAPH_ENDS: Final = frozenset({"par", "sect", "page", "column", "softpage", "softcol", "\r", "\n"})

NOTES: Final = frozenset({"footnote"})
RUNNING: Final = frozenset({"header", "headerf", "headerl", "headerr", "footer", "footerf", "footerl", "footerr"})
READ_STARRED: Final = frozenset({"shpinst", "shptxt", "ud", "dptxbxtext", "nesttableprops"})
"""Destinations that programs may pass over (a star says so), but that hold text, or the end of a nested table's row."""
BOXES: Final = frozenset({"shptxt", "dptxbxtext"})
LEFT_OUT: Final = frozenset({
    "aftncn", "aftnsep", "aftnsepc", "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnparent", "atnref",
    "atntime", "atrfend", "atrfstart", "author", "background", "bkmkend", "bkmkstart", "blipuid", "buptim", "category",
    "colorschememapping", "colortbl", "comment", "company", "creatim", "datafield", "datastore", "defchp", "defpap",
    "doccomm", "docvar", "falt", "fchars", "ffdeftext", "ffentrymcr", "ffexitmcr", "ffformat", "ffhelptext", "ffl",
    "ffname", "ffstattext", "file", "filetbl", "fldinst", "fldtype", "fontemb", "fontfile", "formfield", "fonttbl",
    "ftncn", "ftnsep", "ftnsepc", "g", "generator", "gridtbl", "hl", "hlfr", "hlinkbase", "hlloc", "hlsrc", "hsv",
    "htmltag", "info", "keycode", "keywords", "latentstyles", "lchars", "levelnumbers", "leveltext", "lfolevel",
    "linkval", "list", "listlevel", "listname", "listoverride", "listoverridetable", "listpicture", "liststylename",
    "listtable", "listtext", "lsdlockedexcept", "manager", "mhtmltag", "mmathPict", "nextfile",
    "nonesttables", "nonshppict", "objalias", "objclass", "objdata", "objname", "objsect", "objtime", "oldcprops",
    "oldpprops", "oldsprops", "oldtprops", "oleclsid", "operator", "panose", "password", "passwordhash", "pgp",
    "pgptbl", "picprop", "pict", "pn", "pnseclvl", "pntext", "pntxta", "pntxtb", "printim", "private", "propname",
    "protend", "protstart", "protusertbl", "pxe", "revtbl", "revtim", "rsidtbl", "rxe", "shprslt", "sn", "sp",
    "staticval", "stylesheet", "subject", "sv", "svb", "tc", "template", "themedata", "title", "txe", "upr",
    "userprops", "wgrffmtfilter", "windowcaption", "writereservation", "writereservhash", "xe", "xform",
    "xmlattrname", "xmlattrvalue", "xmlclose", "xmlname", "xmlnstbl", "xmlopen",
})  # fmt: skip
"""Destinations that hold no text of the document."""

CHARSETS: Final = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
"""A font's character set → encoding; 0 and 1 stand for the document's own, 2 for pictures."""
SYMBOL_CHARSET: Final = 2
RUSSIAN: Final = 1049
"""The language number of Russian."""
