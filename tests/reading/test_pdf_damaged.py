"""PDFs that are broken, encrypted, empty, without text, or made to do harm."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import typeset
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.utils import ImageReader
from statements import ENGLISH, RUSSIAN
from typeset import FONT, HEIGHT, LEFT, WIDTH, Pages, plain

from npextract.errors import InputError
from npextract.reading.pdf import read_pdf


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NPEXTRACT_OCR", "off")


def statement() -> bytes:
    pages = Pages()
    pages.prose([*ENGLISH, *RUSSIAN], LEFT, 72, WIDTH - 2 * LEFT)
    return pages.draw()


def code_of(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read_pdf(data, "a.pdf")
    assert caught.value.source == "a.pdf"
    return caught.value.code


def test_encrypted_with_a_password():
    pages = Pages()
    pages.line("Secret", LEFT, 72)
    assert code_of(pages.draw(encrypt="password")) == "encrypted"


def test_encrypted_without_a_password_to_open_it():
    from reportlab.lib.pdfencrypt import StandardEncryption

    pages = Pages()
    pages.line("Not secret", LEFT, 72)
    locked = StandardEncryption("", ownerPassword="owner", strength=128)
    assert read_pdf(pages.draw(encrypt=locked), "a.pdf").text == "Not secret"


@pytest.mark.parametrize("data", [b"", b"%PDF-", b"%PDF-1.7\n%%EOF", b"Not a PDF", b"%PDF-1.4\n" + b"\0" * 5000])
def test_no_pdf(data: bytes):
    assert code_of(data) == "damaged"


def test_no_pages():
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    assert code_of(body + b"trailer<</Root 1 0 R/Size 3>>\n%%EOF") == "damaged"


# pdfium refuses it without a word of why.
WITHOUT_PAGES = (
    b"%PDF-1.7\n"
    b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n"
    b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n110\n%%EOF"
)


def test_the_reason_does_not_depend_on_what_failed_before():
    """pdfium's last error is one for the whole process."""
    pages = Pages()
    pages.line("Secret", LEFT, 72)
    reasons: set[str] = set()
    for before in (b"no PDF", pages.draw(encrypt="password"), b"%PDF-1.7\n%%EOF"):
        code_of(before)
        with pytest.raises(InputError, match="damaged") as caught:
            read_pdf(WITHOUT_PAGES, "a.pdf")
        assert caught.value.code == "damaged"
        reasons.add(str(caught.value))
    assert len(reasons) == 1


def test_cut_short_anywhere():
    data = statement()
    for share in range(0, 100, 7):
        try:
            text = read_pdf(data[: len(data) * share // 100], "a.pdf").text
        except InputError as error:
            assert error.code in ("damaged", "no-text-layer")
        else:
            assert text


@given(st.lists(st.tuples(st.integers(0, 2**31), st.binary(min_size=1, max_size=8)), min_size=1, max_size=20))
def test_bytes_that_were_changed(changes: list[tuple[int, bytes]]):
    data = bytearray(STATEMENT)
    for at, new in changes:
        data[at % len(data) : at % len(data) + len(new)] = new
    try:
        source = read_pdf(bytes(data), "a.pdf")
    except InputError as error:
        assert error.code in ("damaged", "encrypted", "no-text-layer")
    else:
        source.text.encode()  # no lone surrogates
        assert source.boxes is not None
        assert len(source.boxes) == len(source.text)


STATEMENT = statement()


def picture_page() -> bytes:
    """Two pages of text, with two between that are pictures."""
    from PIL import Image

    page, buffer = typeset.canvas()
    for number in range(4):
        page.setFont(FONT, 10)
        if number in (1, 2):
            page.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)
        else:
            page.drawString(72, 700, f"The text of a page, which has words, is number {number}.")
        page.showPage()
    page.save()
    return buffer.getvalue()


def test_some_pages_without_text_are_told():
    assert read_pdf(picture_page(), "a.pdf").warnings == ("no-text-layer: pages 2-3",)


def test_blank_pages_are_nothing_to_tell():
    pages = Pages()
    pages.line("Text", LEFT, 72)
    pages.turn()
    assert read_pdf(pages.draw(), "a.pdf").warnings == ()


def test_no_text_at_all():
    page, buffer = typeset.canvas()
    page.rect(72, 72, 200, 200)
    page.showPage()
    page.save()
    with pytest.raises(InputError, match=r"npextract\[ocr\].*rus and eng") as caught:
        read_pdf(buffer.getvalue(), "a.pdf")
    assert caught.value.code == "no-text-layer"


def test_letters_without_meaning_are_no_text():
    pages = Pages()
    pages.prose(ENGLISH, LEFT, 72, WIDTH - 2 * LEFT)
    data = pages.draw(pageCompression=0)
    start = data.index(b"beginbf")
    end = data.index(b"endbf", start)
    broken = data[:start] + data[start:end].replace(b"<00", b"<E0") + data[end:]
    with pytest.raises(InputError, match="text layer that cannot be read"):
        read_pdf(broken, "a.pdf")


def test_cyrillic_letters_given_as_western_ones_are_put_right():
    words = plain(RUSSIAN[1:3]).replace("\n\n", " ").replace("–", "-")
    western = words.encode("cp1251").decode("latin-1")
    page, buffer = typeset.canvas()
    page.setFont("Helvetica", 10)
    for at in range(0, len(western), 80):
        page.drawString(72, 700 - at * 12 / 80, western[at : at + 80])
    page.showPage()
    page.save()
    source = read_pdf(buffer.getvalue(), "a.pdf")
    assert "Совет Безопасности" in source.text
    assert source.warnings == ("mended-encoding: page 1",)


def test_french_stays_french():
    page, buffer = typeset.canvas()
    page.drawString(72, 700, "Le Conseil de sécurité a été saisi à nouveau, après le dépôt, de la résolution révisée.")
    page.showPage()
    page.save()
    source = read_pdf(buffer.getvalue(), "a.pdf")
    assert source.text.startswith("Le Conseil de sécurité a été")
    assert source.warnings == ()


def seconds(data: bytes) -> float:
    start = time.perf_counter()
    read_pdf(data, "a.pdf")
    return time.perf_counter() - start


def test_a_page_with_a_hundred_thousand_characters():
    page, buffer = typeset.canvas()
    page.setFont(FONT, 1)
    for line in range(700):
        page.drawString(10 + line % 7, HEIGHT - 10 - line, "resolution 1540 (2004) " * 7)
    page.showPage()
    page.save()
    assert seconds(buffer.getvalue()) < 10


@pytest.mark.parametrize("size", [0.1, 7])
def test_a_page_of_scattered_letters(size: float):
    page, buffer = typeset.canvas()
    for at in range(15_000):
        page.setFont(FONT, size if at % 3 else 10)
        page.drawString(at * 7919 % 600, at * 104_729 % 780, "ab"[at % 2])
    page.showPage()
    page.save()
    assert seconds(buffer.getvalue()) < 10


def test_a_page_as_large_as_a_field():
    page, buffer = typeset.canvas()
    page.setPageSize((1e6, 1e6))
    page.setFont(FONT, 20_000)
    page.drawString(1000, 500_000, "Chile")
    page.showPage()
    page.save()
    assert read_pdf(buffer.getvalue(), "a.pdf").text == "Chile"


def test_many_threads_at_once():
    with ThreadPoolExecutor(4) as threads:
        texts = {source.text for source in threads.map(lambda _: read_pdf(STATEMENT, "a.pdf"), range(8))}
    assert len(texts) == 1
