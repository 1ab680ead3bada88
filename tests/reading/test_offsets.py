"""The offset map against a slow one that remembers for each character of the view where it came from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from npextract.reading.offsets import IDENTITY, OffsetMap
from npextract.reading.view import Edit, apply_edits


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text, and edits of it in order, without overlaps."""
    text = draw(st.text("abc -\n", max_size=30))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    return text, [(start, end, draw(st.sampled_from(["", "X", "XY", "XYZ"]))) for start, end in pairs]


def slow(text: str, edits: list[Edit]) -> tuple[str, list[tuple[int, int]]]:
    """The edited text, and for each of its characters the span of the source that it stands for."""
    view, origins, done = "", [], 0
    for start, end, replacement in edits:
        origins += [(i, i + 1) for i in range(done, start)] + [(start, end)] * len(replacement)
        view += text[done:start] + replacement
        done = end
    return view + text[done:], origins + [(i, i + 1) for i in range(done, len(text))]


@given(texts_with_edits())
def test_every_character_leads_back_to_where_it_came_from(case: tuple[str, list[Edit]]):
    text, edits = case
    view, offsets, _ = apply_edits(text, iter(edits))
    expected, origins = slow(text, edits)
    assert view == expected
    for at, (start, end) in enumerate(origins):
        assert start <= offsets.to_source(at) < end
        if view[at] not in "XYZ":
            assert offsets.to_source(at) == start


@given(texts_with_edits())
def test_every_kept_character_is_found_in_the_view(case: tuple[str, list[Edit]]):
    text, edits = case
    _, offsets, _ = apply_edits(text, iter(edits))
    view, origins = slow(text, edits)
    for at, (start, _) in enumerate(origins):
        if view[at] not in "XYZ":
            assert offsets.to_view(start) == at


@given(texts_with_edits())
def test_the_map_never_goes_back(case: tuple[str, list[Edit]]):
    view, offsets, _ = apply_edits(case[0], iter(case[1]))
    sources = [offsets.to_source(at) for at in range(len(view))]
    assert sources == sorted(sources)
    views = [offsets.to_view(at) for at in range(len(case[0]))]
    assert views == sorted(views)


def test_a_span_is_the_smallest_that_holds_its_characters():
    # "nu[clear](x) ban": the view is "nuclear ban".
    offsets = OffsetMap((0, 2, 7), (0, 3, 12))
    assert offsets.span_to_source(0, 7) == (0, 8)
    assert offsets.span_to_source(2, 7) == (3, 8)
    assert offsets.span_to_source(7, 11) == (12, 16)


def test_a_ligature_is_one_character_of_the_source():
    view, offsets, _ = apply_edits("oﬃce", iter([(1, 2, "ffi")]))
    assert view == "office"
    assert [offsets.span_to_source(at, at + 1) for at in range(6)] == [(0, 1), (1, 2), (1, 2), (1, 2), (2, 3), (3, 4)]


def test_a_text_without_edits_is_its_own_view():
    assert apply_edits("abc", iter([])) == ("abc", IDENTITY, [])
    assert IDENTITY.span_to_source(1, 3) == (1, 3)


def test_where_hyphens_were_taken_away_is_remembered():
    _, _, joined = apply_edits("inter-\nnational pro\u00ad\nli", iter([(5, 7, ""), (19, 21, "")]))
    assert joined == [5, 17]
