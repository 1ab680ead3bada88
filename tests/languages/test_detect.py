from __future__ import annotations

from functools import cache

import pytest

from helpers import bug
from npextract.languages.detect import (
    NO_LANGUAGE,
    LanguageTable,
    detect,
    language_table,
    script_of,
    split_paragraphs,
)
from npextract.ontology import load
from npextract.reading.view import build_view

SENTENCES = {
    "ru": [
        "Делегация подтвердила свою приверженность режиму нераспространения ядерного оружия.",
        "Это заявление было сделано от имени государств – участников Договора.",
        "Совет Безопасности рассмотрел доклад, который был представлен в июле 2019 года.",
        "Постпред России при ООН В. Небензя: «Резолюция 2231 (СВПД, JCPOA) не выполняется».",
    ],
    "en": [
        "The delegation reaffirmed its commitment to the nuclear non-proliferation regime.",
        "This statement was made on behalf of the States parties to the Treaty.",
        "The Security Council considered the report that had been submitted in July 2019.",
        "Côte d'Ivoire and Türkiye have joined the statement of São Tomé and Príncipe.",
    ],
    "uk": [
        "Делегація підтвердила свою відданість режиму нерозповсюдження ядерної зброї.",
        "Цю заяву було зроблено від імені держав – учасниць Договору про нерозповсюдження.",
        "Рада Безпеки розглянула доповідь, яка була представлена у липні 2019 року.",
        "Україна закликає до повного виконання резолюцій Ради Безпеки ООН.",
    ],
    "be": [
        "Дэлегацыя пацвердзіла сваю прыхільнасць рэжыму нераспаўсюджвання ядзернай зброі.",
        "Гэта заява была зроблена ад імя дзяржаў – удзельніц Дагавора.",
        "Савет Бяспекі разгледзеў даклад, які быў прадстаўлены ў ліпені 2019 года.",
    ],
    "bg": [
        "Делегацията потвърди своята привързаност към режима за неразпространение на ядреното оръжие.",
        "Това изявление беше направено от името на държавите, които са страни по договора.",
        "Съветът за сигурност разгледа доклада, който беше представен през юли 2019 година.",
    ],
    "sr": [
        "Делегација је потврдила своју приврженост режиму неширења нуклеарног оружја.",
        "Ова изјава је дата у име држава које су потписнице Уговора.",
        "Савет безбедности је размотрио извештај који је поднет у јулу 2019. године.",
    ],
    "kk": [
        "Делегация ядролық қаруды таратпау режиміне адалдығын тағы да растады.",
        "Бұл мәлімдеме шартқа қатысушы мемлекеттер атынан жасалды.",
        "Қауіпсіздік Кеңесі 2019 жылғы шілдеде ұсынылған баяндаманы қарады.",
    ],
    "fr": [
        "La délégation a réaffirmé son attachement au régime de non-prolifération des armes nucléaires.",
        "Cette déclaration est faite au nom des États parties au Traité et de leurs partenaires.",
        "Le Conseil de sécurité a examiné le rapport qui lui avait été présenté en juillet.",
    ],
    "es": [
        "La delegación reafirmó su compromiso con el régimen de no proliferación de las armas nucleares.",
        "Esta declaración se formula en nombre de los Estados partes en el Tratado.",
        "El Consejo de Seguridad examinó el informe que se le había presentado en julio.",
    ],
    "de": [
        "Die Delegation bekräftigte ihr Bekenntnis zu dem Regime der Nichtverbreitung von Kernwaffen.",
        "Diese Erklärung wird im Namen der Vertragsstaaten und für ihre Partner abgegeben.",
        "Der Sicherheitsrat hat den Bericht geprüft, der ihm im Juli vorgelegt worden war.",
    ],
    "it": [
        "La delegazione ha ribadito il suo impegno per il regime di non proliferazione delle armi nucleari.",
        "Questa dichiarazione è fatta a nome degli Stati che sono parti del Trattato e dei loro partner.",
    ],
    "pt": [
        "A delegação reafirmou o seu compromisso com o regime de não proliferação das armas nucleares.",
        "Esta declaração é feita em nome dos Estados que são partes no Tratado.",
    ],
    "pl": [
        "Delegacja potwierdziła swoje przywiązanie do reżimu nierozprzestrzeniania broni jądrowej.",
        "Oświadczenie to zostało złożone w imieniu państw, które są stronami układu.",
    ],
    "tr": [
        "Heyet, nükleer silahların yayılmasının önlenmesi rejimine bağlılığını bir kez daha teyit etti.",
        "Bu açıklama, Antlaşma'ya taraf olan devletler adına ve ortakları için yapılmıştır.",
    ],
}
NO_HARD_SIGN = bug("ъ speaks for no language, though Russian hardly has it")
TAKEN_FOR_ANOTHER = {"bg-0": NO_HARD_SIGN, "bg-2": NO_HARD_SIGN}
TAKEN_FOR_ANOTHER_IN_SMALL_LETTERS = {
    "it-1": bug("«del» before a capital counts as part of a name, and two words are too few")
}


def cases(wrong: dict[str, pytest.MarkDecorator]) -> list[object]:
    """All sentences with their languages; those that are told wrong are marked."""
    return [
        pytest.param(lang, sentence, id=f"{lang}-{number}", marks=wrong.get(f"{lang}-{number}", ()))
        for lang, sentences in SENTENCES.items()
        for number, sentence in enumerate(sentences)
    ]


@cache
def table() -> LanguageTable:
    return language_table(load().tables["languages"])


def languages(text: str, lang: str | None = None) -> list[str]:
    return [p.lang for p in split_paragraphs(build_view(text), table(), lang)]


@pytest.mark.parametrize(("lang", "sentence"), cases(TAKEN_FOR_ANOTHER | TAKEN_FOR_ANOTHER_IN_SMALL_LETTERS))
def test_a_sentence_tells_its_language(lang: str, sentence: str):
    assert languages(sentence) == [lang]


@pytest.mark.parametrize(("lang", "sentence"), cases(TAKEN_FOR_ANOTHER))
def test_capitals_do_not_matter(lang: str, sentence: str):
    capitals = sentence.replace("i", "İ").upper() if lang == "tr" else sentence.upper()
    assert languages(capitals) == [lang]


def test_only_english_and_russian_are_read_in_full():
    parts = split_paragraphs(build_view("\n\n".join(" ".join(s) for s in SENTENCES.values())), table())
    assert [p.lang for p in parts if p.supported and p.lang not in ("en", "ru")] == []
    assert [p.supported for p in parts if p.lang in ("en", "ru")][:2] == [True, True]
    assert {p.lang for p in parts if not p.supported} >= {
        "uk",
        "be",
        "bg",
        "sr",
        "fr",
        "es",
        "de",
        "it",
        "pt",
        "pl",
        "tr",
    }


@pytest.mark.parametrize("lang", ["uk", "be", "bg", "sr", "kk"])
def test_other_cyrillic_languages_are_kept_out_of_russian(extractor, lang: str):
    doc = extractor.extract(f"{' '.join(SENTENCES[lang])}\n\nРоссия.")
    assert doc.lang == lang
    assert doc.warnings == (f"unsupported-language: {lang}",)
    assert all("unsupported-language" in m.flags and m.lang == lang for m in doc.mentions)


def test_paragraphs_tile_the_view():
    view = build_view("Это первый абзац.\n\nThe second paragraph.\r\n\r\n\r\n3.\n\n")
    parts = split_paragraphs(view, table())
    assert "\n".join(view.text[p.start : p.end] for p in parts) == view.text.strip("\n")
    assert [p.lang for p in parts][:2] == ["ru", "en"]


def test_a_short_paragraph_takes_the_language_of_its_neighbours_in_the_same_script():
    ukrainian = SENTENCES["uk"][0]
    assert languages(f"{ukrainian}\n\nООН") == ["uk", "uk"]
    assert languages(f"ООН\n\n{ukrainian}") == ["uk", "uk"]
    assert languages(f"{ukrainian}\n\nUN") == ["uk", "en"]
    assert languages("ООН\n\nNPT") == ["ru", "en"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "1540 (2004)", "...", "中国", "\ufffd"])
def test_a_text_without_known_letters_has_no_language(extractor, text: str):
    assert {p.lang for p in split_paragraphs(build_view(text), table())} <= {NO_LANGUAGE}
    assert extractor.extract(text).lang == NO_LANGUAGE == "und"


@pytest.mark.parametrize("text", ["1540 (2004)", "...", "中国"], ids=ascii)
def test_a_paragraph_without_letters_counts_as_supported(extractor, text: str):
    (paragraph,) = split_paragraphs(build_view(text), table())
    assert paragraph.supported
    assert extractor.extract(text).warnings == ()


def test_a_paragraph_without_letters_takes_the_language_of_its_neighbours():
    russian, english = " ".join(SENTENCES["ru"]), " ".join(SENTENCES["en"])
    assert languages(f"{russian}\n\n1540") == ["ru", "ru"]
    assert languages(f"1540\n\n{english}") == ["en", "en"]


@pytest.mark.parametrize(
    "text",
    [
        "Организация Договора о коллективной безопасности",
        "ОРГАНИЗАЦИЯ ДОГОВОРА О КОЛЛЕКТИВНОЙ БЕЗОПАСНОСТИ",
        "МАГАТЭ – международная организация. Каждая организация важна.",
    ],
    ids=ascii,
)
def test_words_that_russian_shares_with_bulgarian(text: str):
    assert languages(text) == ["ru"]


@pytest.mark.parametrize(("text", "lang"), [("ООН\n\n1540 (2004), 1267 (1999)", "ru"), ("UN\n\n1540 (2004)", "en")])
def test_a_text_with_letters_has_a_language(extractor, text: str, lang: str):
    assert extractor.extract(text).lang == lang


def test_a_language_that_is_said_is_not_looked_for():
    assert languages(SENTENCES["en"][0], "ru") == ["ru"]
    assert languages("\n\n".join(SENTENCES["fr"]), "en") == ["en"] * 3


def test_a_text_in_both_languages_is_mul(extractor):
    english, russian = SENTENCES["en"][0], SENTENCES["ru"][0]
    assert extractor.extract(f"{english}\n\n{russian}").lang == "mul"
    assert extractor.extract("\n\n".join([english] * 20 + ["ДНЯО и КХО"])).lang == "en"
    assert extractor.extract(f"{russian}\n\n{SENTENCES['uk'][0]}").lang in ("ru", "uk")


@pytest.mark.parametrize(
    ("sample", "script"),
    [
        ("Совет", "cyrillic"),
        ("Council", "latin"),
        ("ДНЯО (NPT)", "cyrillic"),
        ("the International Atomic Energy Agency (МАГАТЭ)", "latin"),
        ("1540", None),
        ("Ελλάδα", None),
        ("", None),
    ],
)
def test_scripts(sample: str, script: str | None):
    assert script_of(sample) == script


def test_too_little_evidence_is_no_language():
    assert detect("ООН", "cyrillic", table()) is None
    assert detect("1540", None, table()) is None
