"""A small data folder, for tests of reading and compiling the sources."""

from __future__ import annotations

from pathlib import Path

from npextract.ontology.compile import TABLES

NPT = """\
id: treaty:NPT
name: {en: Treaty on the Non-Proliferation of Nuclear Weapons, ru: Договор о нераспространении ядерного оружия}
short: {en: [NPT], ru: [ДНЯО]}
aliases:
  en: [Non-Proliferation Treaty, {weak: The Treaty}]
  ru: [Договор о нераспространении]
opened: 1968-07-01
sources: [a test]
"""
RUSSIA = """\
id: state:RUS
name: {en: Russian Federation, ru: Российская Федерация}
short: {en: [{weak: RF}], ru: [РФ]}
adjectives: {en: [Russian], ru: [российский]}
people: {en: [Russian], ru: [россиянин]}
iso2: RU
sources: [a test]
"""
DECOYS = "- {name: South Georgia, lang: en}\n- {name: озеро Чад, lang: ru, forms: [озера Чад, озере Чад]}\n"


def write_data(folder: Path, **files: str) -> Path:
    """A data folder with two entities; `files` adds or replaces ("treaties__CWC")."""
    contents = {
        "treaties/NPT": NPT,
        "states/RUS": RUSSIA,
        "decoys": DECOYS,
        "collisions": "[]",
        "anaphora": "classes: []\n",
        "listed": "{}",
        **dict.fromkeys(TABLES, "{}"),
        **{name.replace("__", "/"): text for name, text in files.items()},
    }
    for name, text in contents.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    registry = folder / "registry"
    registry.mkdir(exist_ok=True)
    (registry / "sc_years.csv").write_text("year,first,last\n1946,1,15\n1947,16,37\n", encoding="utf-8")
    (registry / "sc_resolutions.csv").write_text("number,adopted,subject\n16,1947-01-10,Trieste\n", encoding="utf-8")
    (registry / "sessions.csv").write_text("body,series,number,year_opened\nUNGA,regular,1,1946\n", encoding="utf-8")
    return folder
