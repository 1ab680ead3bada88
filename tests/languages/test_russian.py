"""`RussianPipeline`: the spans of stock slovnet, whatever the text and whatever its neighbours."""

from __future__ import annotations

import itertools
import json
import os
import pickle
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from npextract import doctor
from npextract.errors import ModelError
from npextract.languages import blas, natasha_files, russian, slovnet_ner
from npextract.languages.crf import best_tags
from npextract.languages.exact import ExactProduct
from npextract.languages.morphology import Morphology
from npextract.languages.natasha_files import load_ner_model, model_path
from npextract.languages.russian import RussianPipeline
from npextract.languages.russian_tokens import tokens
from npextract.languages.spans import NerSpan
from npextract.languages.word_shape import word_shape

PARAGRAPHS = [
    "Министр иностранных дел Российской Федерации С. В. Лавров встретился в Вене с Генеральным директором МАГАТЭ "
    "Рафаэлем Гросси и обсудил применение гарантий Агентства в Иране.",
    "Совет Безопасности Организации Объединенных Наций, ссылаясь на свои резолюции 1540 (2004), 1673 (2006), "
    "1810 (2008), 1977 (2011) и 2325 (2016), продлил мандат Комитета 1540 до 30 ноября 2032 года.",
    "От имени государств — членов ОДКБ (Армения, Беларусь, Казахстан, Кыргызстан, Россия, Таджикистан) выступил "
    "Постоянный представитель Республики Беларусь при Отделении ООН в Женеве.",
    "Комиссия по разоружению заседала в Нью-Йорке с 3 по 21 апреля; председателем был избран посол Ж.-К. Дюбуа "
    "(Франция), докладчиком — г-жа Амина Окафор, Кения.",
    "Участники Обзорной конференции ДНЯО по-прежнему не согласовали заключительный документ: Египет, Ирландия и "
    "Южная Африка настаивали на упоминании Договора о запрещении ядерного оружия.",
    "«Мы не получали ответа ни от Пхеньяна, ни от Вашингтона», — заявил агентству ТАСС представитель МИД КНР Ван Ли.",
    "Документы: S/2021/198, A/RES/76/25, GOV/INF/2020/10, CD/1364; см. также п. 3.2 доклада ОЗХО от 10.06.2019 г. ...",
    "Украина и Республика Молдова присоединились к заявлению Европейского союза, Турция — нет!? Київ, Chişinău.",
    "в 1995 году срок действия договора был продлен бессрочно без голосования",
    "Бразильско-аргентинское агентство по учету и контролю ядерных материалов (АБАКК) создано соглашением, подписанным "
    "в Гвадалахаре 18 июля 1991 года Карлусом Менемом и Фернанду Коллором.",
]
ODD = [
    "",
    " ",
    "\n\t \u00a0\u2028",
    ".",
    "...!?—«»",
    "\ud800",
    "ООН\udfff МАГАТЭ \ud83d",
    "\ufeffИран",
    "Иран",
    "  Иран  ",
    "{Вена}",
    "\x00",
    "🙂 Рим 🙂",
    "-" * 300,
    "Ке́ния",
    "İstanbul",
    "<unk> <pad> unk pad",
]
SALAD_WORDS = """
Организация Объединенных Наций МАГАТЭ Иран иран В. Путин ( ) « » , . 1540 S/RES/1540 (2004) ООН Генеральный секретарь
Генеральной Ассамблеи и в на Договор о ДНЯО Вена США нью-йорк Нью-Йорк при Совет Безопасности Безопасности безопасности
Комитет 1718 : - – п. 3 Смит Джон ОДКБ СНГ Ван И Ким Чен Ын - -5
"""
SALAD = [*SALAD_WORDS.split(), "\n"]
SCRAPS = [*"аБ1-–_.,/!?…*:=()«é№%{‑\n\ud800 \\", "cd", "23", "  ", "Вї", "yahoo", "Yahoo!", "ſ"]

Spans = list[tuple[int, int, str]]


@pytest.fixture(scope="module")
def pipeline() -> RussianPipeline:
    return RussianPipeline()


@pytest.fixture(scope="module")
def slovnet() -> Any:
    from navec import Navec
    from slovnet import NER

    tagger = NER.load(model_path(natasha_files.TAGGER_FILE))
    tagger.navec(Navec.load(model_path(natasha_files.EMBEDDING_FILE)))
    return tagger


def stock(slovnet: Any, text: str) -> Spans:
    """What slovnet finds in a text alone; in a text without tokens it fails, and there is nothing."""
    spans = slovnet(text).spans if list(tokens(text)) else []
    return [(span.start, span.stop, span.type) for span in spans]


def same_as_stock(pipeline: RussianPipeline, slovnet: Any, texts: Sequence[str]) -> None:
    for text, spans in zip(texts, pipeline.entities(texts), strict=True):
        assert [tuple(span) for span in spans] == stock(slovnet, text), text


def salad(length: int, rng: random.Random) -> str:
    return " ".join(rng.choice(SALAD) for _ in range(length))


def test_what_is_found(pipeline: RussianPipeline):
    text = PARAGRAPHS[0]
    assert [(text[s.start : s.end], s.label) for s in pipeline.entities([text])[0]] == [
        ("Российской Федерации", "LOC"),
        ("С. В. Лавров", "PER"),
        ("Вене", "LOC"),
        ("МАГАТЭ", "ORG"),
        ("Рафаэлем Гросси", "PER"),
        ("Агентства", "ORG"),
        ("Иране", "LOC"),
    ]


# The same spans as stock slovnet


def test_parity_on_paragraphs(pipeline: RussianPipeline, slovnet: Any):
    same_as_stock(pipeline, slovnet, [*PARAGRAPHS, "\n\n".join(PARAGRAPHS), *(p.upper() for p in PARAGRAPHS)])


def test_parity_on_odd_texts(pipeline: RussianPipeline, slovnet: Any):
    same_as_stock(pipeline, slovnet, ODD)


def test_parity_on_word_salads(pipeline: RussianPipeline, slovnet: Any):
    rng = random.Random(1540)
    lengths = [1, 2, 5, 20, 60, 79, 80, 81, 82, 100, 300] * 5
    same_as_stock(pipeline, slovnet, [salad(length, rng) for length in lengths])


def test_parity_on_a_text_longer_than_a_stretch(pipeline: RussianPipeline, slovnet: Any):
    rng = random.Random(1718)
    text = "\n".join(rng.choice(PARAGRAPHS) for _ in range(400))
    assert sum(1 for _ in tokens(text)) > 2 * russian._STRETCH
    same_as_stock(pipeline, slovnet, [text])


@pytest.mark.parametrize("stretch", [1, 7, 40, 100])
def test_where_a_text_is_cut_into_stretches_does_not_matter(
    pipeline: RussianPipeline, monkeypatch: pytest.MonkeyPatch, stretch: int
):
    texts = [*PARAGRAPHS, " ".join(PARAGRAPHS)]
    whole = pipeline.entities(texts)
    monkeypatch.setattr(russian, "_STRETCH", stretch)
    assert pipeline.entities(texts) == whole


# A text's spans depend on the text alone


def test_neighbours_and_order_do_not_matter(pipeline: RussianPipeline):
    rng = random.Random(2325)
    texts = [*PARAGRAPHS, *ODD, *(salad(rng.randrange(1, 150), rng) for _ in range(150))]
    alone = [pipeline.entities([text])[0] for text in texts]
    assert pipeline.entities(texts) == alone
    order = list(range(len(texts)))
    rng.shuffle(order)
    assert pipeline.entities([texts[i] for i in order]) == [alone[i] for i in order]


def test_not_even_the_last_bit_depends_on_the_neighbours():
    rng = random.Random(2004)
    texts = [[word for _, word in tokens(text)] for text in PARAGRAPHS]

    def emissions(order: Sequence[int]) -> dict[int, bytes]:
        tagger = slovnet_ner.SlovnetTagger(load_ner_model())
        words = [""]
        places = {}
        for i in order:
            places[i] = (len(words), len(words) + len(texts[i]))
            words += [*texts[i], ""]
        scores = tagger._emissions(tagger._table.rows(words))
        return {i: scores[start:stop].tobytes() for i, (start, stop) in places.items()}

    order = list(range(len(texts)))
    first = emissions(order)
    for _ in range(3):
        rng.shuffle(order)
        assert emissions(order) == first


def test_a_full_table_is_emptied_and_nothing_changes(pipeline: RussianPipeline, monkeypatch: pytest.MonkeyPatch):
    expected = pipeline.entities(PARAGRAPHS)
    monkeypatch.setattr(slovnet_ner, "_TABLE_ROWS", 60)
    small = RussianPipeline()
    assert [small.entities([text])[0] for text in PARAGRAPHS * 2] == expected * 2


def test_threads_and_pickles(pipeline: RussianPipeline):
    expected = [pipeline.entities([text]) for text in PARAGRAPHS]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: pipeline.entities([text]), PARAGRAPHS * 10)) == expected * 10
    copy = pickle.loads(pickle.dumps(pipeline))
    assert copy.entities(PARAGRAPHS) == pipeline.entities(PARAGRAPHS)


# Hard inputs


@given(st.lists(st.text(st.characters(), max_size=60) | st.lists(st.sampled_from(SALAD)).map(" ".join), max_size=6))
def test_spans_are_ordered_and_tight(pipeline: RussianPipeline, texts: list[str]):
    for text, spans in zip(texts, pipeline.entities(texts), strict=True):
        end = 0
        for span in spans:
            assert isinstance(span, NerSpan)
            assert end <= span.start < span.end <= len(text)
            assert not text[span.start].isspace()
            assert not text[span.end - 1].isspace()
            assert span.label in ("PER", "LOC", "ORG")
            end = span.end


def test_no_texts(pipeline: RussianPipeline):
    assert pipeline.entities([]) == []
    assert pipeline.entities(["", " ", ""]) == [[], [], []]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("а" * 1_000_000, 0, id="one word"),
        pytest.param("а-" * 500_000, 0, id="one hyphenated word"),
        pytest.param("\ud800" * 1_000_000, 0, id="surrogates"),
        pytest.param("\n" * 1_000_000, 0, id="line feeds"),
        pytest.param("-а" + " " * 500_000 + "-а", 0, id="dashes far apart"),
        pytest.param("1." * 500_000, 0, id="numbers"),
        pytest.param("Иран,МАГАТЭ;" * 5_000, 10_000, id="names without spaces"),
        pytest.param("Организация " * 5_000, None, id="nothing is sure"),
    ],
)
def test_time_does_not_explode(pipeline: RussianPipeline, text: str, found: int | None):
    begin = time.process_time()
    (spans,) = pipeline.entities([text])
    assert time.process_time() - begin < 5
    assert found is None or len(spans) == found


def test_too_many_tokens_at_once_are_refused():
    tagger = slovnet_ner.SlovnetTagger(load_ner_model())
    with pytest.raises(ValueError, match="too many"):
        tagger.tag([["и"] * (slovnet_ner.MOST_TOKENS + 2)])


# The process around it


def test_nothing_of_natasha_is_imported():
    code = (
        "import json, sys\n"
        "from npextract.languages.russian import RussianPipeline\n"
        "from npextract.languages.morphology import Morphology\n"
        "print(len(RussianPipeline().entities(['МАГАТЭ'])[0]), Morphology().lemma('Вене'))\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    answer, modules = done.stdout.splitlines()
    assert answer == "1 вена"
    forbidden = {"natasha", "yargy", "slovnet", "navec", "razdel", "pymorphy2", "pkg_resources", "setuptools"}
    assert forbidden & set(json.loads(modules)) == set()


def test_another_processor_another_hash_seed_the_same_spans(pipeline: RussianPipeline):
    """OpenBLAS has other kernels, with other orders of the sums, for other processors."""
    code = (
        "import json, sys\n"
        "from npextract.languages.russian import RussianPipeline\n"
        "print(json.dumps(RussianPipeline().entities(json.load(sys.stdin))))\n"
    )
    for seed, core in (("1", "Haswell"), ("2", "Nehalem")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_CORETYPE": core}
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(PARAGRAPHS),
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(done.stdout) == json.loads(json.dumps(pipeline.entities(PARAGRAPHS)))


def test_the_number_of_blas_threads_is_put_back():
    controls = blas._openblas()
    if controls is None:
        pytest.skip("numpy has another BLAS")
    before = controls.threads()
    with blas.one_thread():
        assert controls.threads() == 1
        with blas.one_thread():
            assert controls.threads() == 1
        assert controls.threads() == 1
    assert controls.threads() == before


def test_a_missing_model_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(natasha_files, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="pip install natasha==") as caught:
        RussianPipeline()
    assert caught.value.model == "natasha"


def test_a_broken_model_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Any):
    broken = tmp_path / "broken.tar"
    broken.write_bytes(model_path(natasha_files.TAGGER_FILE).read_bytes()[:100_000])
    monkeypatch.setattr(natasha_files, "model_path", lambda name: broken)
    with pytest.raises(ModelError, match="pip install --force-reinstall"):
        RussianPipeline()


@pytest.mark.parametrize("name", ["natasha", "pymorphy3-dicts-ru"])
def test_the_manifest_is_what_is_installed(name: str):
    manifest = doctor.read_manifest(doctor.models_folder() / f"{name}.json")
    assert doctor.check_model(manifest).status == "ok"
    if name == "natasha":
        used = {natasha_files.TAGGER_FILE, natasha_files.EMBEDDING_FILE}
        assert {file.path for file in manifest.files} == {f"natasha/{file}" for file in used}


# Its parts


@given(st.lists(st.sampled_from(["<pad>", "O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"])), st.data())
def test_tags_are_read_as_slovnet_reads_them(tags: list[str], data: Any):
    from slovnet.bio import bio_spans
    from slovnet.token import Token

    names = sorted(set(tags) | {"O"})
    numbers = np.array([names.index(tag) for tag in tags], np.uint8)
    cut = data.draw(st.integers(0, len(tags)))
    reader = russian._SpanReader()
    for begin, end in ((0, cut), (cut, len(tags))):
        starts = [3 * i for i in range(len(tags))]
        stretch = russian._Stretch(0, starts, ["и"] * len(tags), begin, end, 0)
        reader.read(stretch, numbers, names)
    stock_spans = bio_spans([Token(3 * i, 3 * i + 1, "и") for i in range(len(tags))], tags)
    assert [tuple(span) for span in reader.spans] == [(span.start, span.stop, span.type) for span in stock_spans]


@given(st.text(st.characters(), max_size=40) | st.lists(st.sampled_from(SCRAPS)).map("".join))
def test_tokens_are_razdels(text: str):
    from razdel import tokenize

    assert list(tokens(text)) == [(token.start, token.text) for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2042 (2012), 2043", "2042|(|2012|)|,|2043"),
        ("10, 11 и 12", "10,|11|и|12"),
        ("по-прежнему", "по-прежнему"),
        ("5 -6", "5|-6"),
        ("» -6", "»|-|6"),
        ("S/RES/1540", "S|/|RES|/|1540"),
        ("A/76/25", "A|/|76/25"),
        ("10.06.2019 г.", "10.06.2019|г|."),
        ("что?!", "что|?!"),
        ("Yahoo!", "Yahoo!"),
    ],
)
def test_tokens(text: str, expected: str):
    assert "|".join(token for _, token in tokens(text)) == expected


@given(st.text(st.characters(), min_size=1, max_size=8) | st.sampled_from(SALAD[:-1]))
def test_shapes_are_slovnets(word: str):
    from slovnet.shape import word_shape as stock_shape

    assert word_shape(word) == stock_shape(word)


def test_words_are_found_by_bisection():
    model = load_ner_model()
    known = {"а": 0} | {word: 0 for text in PARAGRAPHS for _, word in tokens(text.lower())}
    import gzip
    import tarfile

    with tarfile.open(model_path(natasha_files.TAGGER_FILE)) as pack:
        file = pack.extractfile("vocabs/word.gz")
        assert file is not None
        words = gzip.decompress(file.read()).decode().split("\n")
    assert words[-2:] == ["<unk>", "<pad>"]
    assert words[:-2] == sorted(words[:-2])
    numbers = {word: number for number, word in enumerate(words[:-2])}
    for word in [*words[:-2:97], *words[62:67], words[-3], *known, "", "\ud800", "я" * 70, "\U0010ffff", "!", "<unk>"]:
        assert model.words.find(word) == numbers.get(word)


@given(st.integers(1, 2**32), st.lists(st.integers(1, 130), min_size=1, max_size=5), st.floats(0.01, 5))
def test_best_tags_are_the_best(seed: int, lengths: list[int], spread: float):
    """Weak emissions make influences long, so that pieces contradict each other and are decoded again."""
    rng = np.random.default_rng(seed)
    transitions = rng.normal(size=(4, 4))
    bounds = []
    row = 0
    for length in lengths:
        bounds.append((row + 1, row + 1 + length))
        row += length + 1
    emissions = rng.normal(size=(row + 1, 4)) * spread
    tags = best_tags(emissions, transitions, bounds)
    for start, stop in bounds:
        best = viterbi(emissions[start:stop], transitions)
        assert score(tags[start:stop], emissions[start:stop], transitions) == pytest.approx(
            score(best, emissions[start:stop], transitions), abs=1e-3
        )
        alone = best_tags(emissions[start:stop], transitions, [(0, stop - start)])
        assert alone.tolist() == tags[start:stop].tolist()


def viterbi(emissions: Any, transitions: Any) -> list[int]:
    scores, steps = emissions[0], []
    for row in emissions[1:]:
        through = scores[:, None] + transitions
        steps.append(through.argmax(axis=0))
        scores = through.max(axis=0) + row
    tags = [int(scores.argmax())]
    for step in reversed(steps):
        tags.append(int(step[tags[-1]]))
    return tags[::-1]


def score(tags: Sequence[int], emissions: Any, transitions: Any) -> float:
    return sum(emissions[range(len(tags)), tags]) + sum(transitions[a, b] for a, b in itertools.pairwise(tags))


def test_exact_products_do_not_depend_on_place_or_order():
    rng = np.random.default_rng(7)
    weight = rng.normal(size=(256, 96)) / 4
    rows = rng.normal(size=(96, 256)).astype(np.float32) * 30
    product = ExactProduct(weight, largest=1024, input_bits=16, weight_bits=20)
    result = product(rows)
    assert np.allclose(result, rows @ weight, atol=1e-3)
    assert (product(rows[::-1])[::-1] == result).all()
    assert (np.vstack([product(rows[i : i + 1]) for i in range(96)]) == result).all()
    order = rng.permutation(256)
    shuffled = ExactProduct(weight[order], largest=1024, input_bits=16, weight_bits=20)
    assert (shuffled(rows[:, order]) == result).all()


def test_exact_products_are_exact():
    rng = np.random.default_rng(8)
    weight = rng.normal(size=(32, 5))
    rows = (rng.normal(size=(8, 32)) * 10.0 ** rng.uniform(-6, 3, size=(8, 32))).astype(np.float32)
    result = ExactProduct(weight, largest=100, input_bits=16, weight_bits=20)(rows)
    for i, j in itertools.product(range(8), range(5)):
        terms = zip(rows[i].tolist(), weight[:, j].tolist(), strict=True)
        whole = sum(round(min(max(x, -100), 100) * 2**16) * round(w * 2**20) for x, w in terms)
        assert result[i, j] == np.float32(whole / 2**36)


def test_products_that_could_not_be_exact_are_refused():
    with pytest.raises(ValueError, match="bits"):
        ExactProduct(np.ones((256, 1)), largest=1024, input_bits=20, weight_bits=20)


# Morphology


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology()


@pytest.mark.parametrize(
    ("word", "lemma", "known"),
    [
        ("нераспространении", "нераспространение", True),
        ("Иране", "иран", True),
        ("МАГАТЭ", "магатэ", True),
        ("трёх", "три", True),
        ("трех", "три", True),
        ("кхзшными", "кхзшный", False),
        ("1540", "1540", False),
        ("", "", False),
        ("\ud800", "\ud800", False),
    ],
)
def test_lemmas(morphology: Morphology, word: str, lemma: str, known: bool):
    assert (morphology.lemma(word), morphology.is_known(word)) == (lemma, known)


def test_readings(morphology: Morphology):
    first, *others = morphology.parse("стали")
    assert (first.lemma, first.known) == ("стать", True)
    assert {"VERB", "past", "plur"} <= first.grammemes
    assert {other.lemma for other in others} == {"сталь"}
    assert first.score > max(other.score for other in others)


def test_a_string_too_long_to_be_a_word_is_not_read(morphology: Morphology):
    (reading,) = morphology.parse("А" * 100_000)
    assert (reading.lemma, reading.grammemes, reading.known) == ("а" * 100_000, {"UNKN"}, False)


def test_morphology_is_picklable(morphology: Morphology):
    assert pickle.loads(pickle.dumps(morphology)).lemma("Вене") == "вена"
