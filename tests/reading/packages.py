"""Documents in ZIP containers, made part by part, so that tests can hold what programs seldom write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("meta", "meta"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip


def zip_of(parts: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of files; its bytes do not depend on the clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return buffer.getvalue()


def docx_of(body: str, *, namespace: str = W, core: str = "", **related: str) -> bytes:
    """A Word document: the XML of its body, and of related parts by kind: `footnotes`, `header`, `header2` …"""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": _word("document", f"<w:body>{body}</w:body>", namespace),
    }
    relations = []
    for kind, content in related.items():
        element = {"header": "hdr", "footer": "ftr"}.get(kind.rstrip("0123456789"), kind)
        parts[f"word/{kind}.xml"] = _word(element, content, namespace)
        relations.append(
            f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind.rstrip("0123456789")}" Target="{kind}.xml"/>'
        )
    parts["word/_rels/document.xml.rels"] = f"<Relationships>{''.join(relations)}</Relationships>"
    if core:
        parts["docProps/core.xml"] = f'<cp xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp>'
    return zip_of(parts)


def _word(element: str, content: str, namespace: str) -> str:
    spaces = (
        f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps"'
    )
    return f"<w:{element} {spaces}>{content}</w:{element}>"


def p(*runs: str) -> str:
    """A paragraph of Word; a run that is no XML is its text."""
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of Word."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def odt_of(body: str, *, styles: str = "", automatic: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text: the XML of its text, of its page styles and automatic styles, and of its properties."""

    def part(element: str, content: str) -> str:
        return f"<office:{element} {_ODF_NAMESPACES}>{content}</office:{element}>"

    return zip_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": part(
                "document-content",
                f"<office:automatic-styles>{automatic}</office:automatic-styles>"
                f"<office:body><office:text>{body}</office:text></office:body>",
            ),
            "styles.xml": part("document-styles", styles),
            "meta.xml": f'<office:document-meta {_ODF_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<office:meta>{meta}</office:meta></office:document-meta>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def epub_of(chapters: Mapping[str, str | bytes], *, metadata: str = "", encryption: str = "") -> bytes:
    """A book: its chapters, file by file."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    parts: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></container>',
        "OEBPS/a.opf": f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    parts |= {f"OEBPS/{name}": content for name, content in chapters.items()}
    if encryption:
        parts["META-INF/encryption.xml"] = encryption
    return zip_of(parts)
