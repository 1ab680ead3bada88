"""Folders and corpora that lie in an object store: an S3 server runs on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reading_back import digest

from npextract.corpus.batch import run_batch
from npextract.corpus.recipe import Recipe
from npextract.errors import CorpusError, InputError

pytest.importorskip("s3fs", reason="the extra 's3' is not installed")
moto_server = pytest.importorskip("moto.server", reason="moto, which plays the S3 server, is not installed")

RULES = Recipe("rules")
TEXTS = {"a.txt": "The NPT", "b/c.md": "МАГАТЭ и ОДКБ", "b/broken.txt": "\x7fELF", ".hidden": "UN"}


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The URL of a bucket."""
    import fsspec

    with pytest.MonkeyPatch.context() as environment:
        server = moto_server.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        server.start()
        _, port = server.get_host_and_port()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "NO_PROXY": "127.0.0.1",
        }.items():
            environment.setenv(name, value)
        fs = fsspec.filesystem("s3")
        fs.mkdir("archive")
        for name, text in TEXTS.items():
            fs.pipe_file(f"archive/docs/{name}", text.encode())
        yield "s3://archive"
        server.stop()


@pytest.fixture
def local(tmp_path: Path) -> Path:
    """The corpus of the same files in a folder of this machine."""
    for name, text in TEXTS.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    run_batch(tmp_path / "docs", tmp_path / "local", RULES)
    return tmp_path / "local"


def test_from_and_to_an_object_store(s3: str, local: Path, tmp_path: Path):
    import fsspec

    summary = run_batch(f"{s3}/docs", f"{s3}/out", RULES, workers=2)
    assert (summary.files, summary.documents, summary.failures) == (3, 2, 1)
    fs = fsspec.filesystem("s3")
    fs.get("archive/out", str(tmp_path / "copy"), recursive=True)
    assert digest(tmp_path / "copy") == digest(local)
    assert run_batch(f"{s3}/docs", f"{s3}/out", RULES, resume=True).read == 0
    fs.pipe_file("archive/docs/a.txt", b"The CWC")
    assert run_batch(f"{s3}/docs", f"{s3}/out", RULES, resume=True).read == 1
    fs.pipe_file("archive/docs/a.txt", b"The NPT")


def test_a_corpus_inside_the_folder_is_not_read(s3: str):
    assert run_batch(f"{s3}/docs", f"{s3}/docs/out", RULES).files == 3
    assert run_batch(f"{s3}/docs", f"{s3}/docs/out", RULES, resume=True).files == 3


def test_from_an_object_store_to_this_machine(s3: str, local: Path, tmp_path: Path):
    run_batch(f"{s3}/docs", tmp_path / "out", RULES)
    assert digest(tmp_path / "out") == digest(local)


def test_a_place_that_is_not_there(s3: str, tmp_path: Path):
    with pytest.raises(InputError, match="is not there"):
        run_batch(f"{s3}/nowhere", tmp_path / "out", RULES)
    with pytest.raises(InputError, match="cannot be listed"):
        run_batch("s3://no-such-bucket/docs", tmp_path / "out", RULES)
    with pytest.raises(InputError, match="cannot be listed"):
        run_batch("http://localhost:1/docs/", tmp_path / "out", RULES)
    assert not (tmp_path / "out").exists()


def test_a_protocol_that_nobody_knows(tmp_path: Path):
    (tmp_path / "docs").mkdir()
    with pytest.raises(CorpusError, match="cannot be reached"):
        run_batch(tmp_path / "docs", "nosuch://bucket/out", RULES)
    with pytest.raises(CorpusError, match="cannot be reached"):
        run_batch("nosuch://bucket/docs", tmp_path / "out", RULES)
