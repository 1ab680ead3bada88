"""`npextract.doctor`: what is said of good, missing and altered models."""

from __future__ import annotations

import hashlib
import json
from importlib import import_module
from pathlib import Path

import pytest

from npextract import doctor
from npextract.doctor import Finding
from npextract.errors import OntologyError

CONTENT = b"weights"
PATH = "toy_model/data/weights.bin"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of installed packages with one in it: toy-model 1.0."""
    root = tmp_path / "site-packages"
    info = root / "toy_model-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy_model\nVersion: 1.0\n")
    (root / PATH).parent.mkdir(parents=True)
    (root / PATH).write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(root))
    return root


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder with its manifest."""
    folder = tmp_path / "models"
    folder.mkdir()
    write_manifest(folder)
    return folder


def write_manifest(folder: Path, *, distribution: str = "toy-model", version: str = "1.0") -> None:
    pinned = {"path": PATH, "sha256": hashlib.sha256(CONTENT).hexdigest(), "bytes": len(CONTENT)}
    manifest = {"distribution": distribution, "version": version, "licence": "MIT", "files": [pinned]}
    (folder / "toy.json").write_text(json.dumps(manifest))


def model_finding(models: Path) -> Finding:
    (found,) = (finding for finding in doctor.check(models) if finding.name.startswith(("toy", "absent")))
    return found


def test_a_model_as_examined(site: Path, models: Path) -> None:
    assert model_finding(models) == Finding("toy-model", "ok", "1.0, 1 files as examined")


@pytest.mark.parametrize("content", [b"WEIGHTS", b"weights and more", b""])
def test_a_tampered_file(site: Path, models: Path, content: bytes) -> None:
    (site / PATH).write_bytes(content)
    found = model_finding(models)
    assert found.status == "altered"
    assert found.detail == f"1 of 1 files are not as examined: {PATH} (other content)"
    assert found.advice == "pip install --force-reinstall --no-deps toy-model==1.0"


def test_a_file_that_is_gone(site: Path, models: Path) -> None:
    (site / PATH).unlink()
    found = model_finding(models)
    assert (found.status, PATH in found.detail) == ("altered", True)


def test_another_version(site: Path, models: Path) -> None:
    write_manifest(models, version="2.0")
    found = model_finding(models)
    assert found.status == "altered"
    assert found.detail == "version 1.0 is installed, 2.0 was examined"
    assert found.advice == "pip install toy-model==2.0"


def test_a_distribution_that_is_not_installed(models: Path) -> None:
    write_manifest(models, distribution="absent-model")
    assert model_finding(models) == Finding("absent-model", "missing", "not installed", "pip install absent-model==1.0")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"distribution": "toy-model", "version": "1.0", "files": [1]}'])
def test_a_manifest_that_cannot_be_read(models: Path, text: str) -> None:
    (models / "toy.json").write_text(text)
    found = model_finding(models)
    assert (found.status, found.advice) == ("altered", "pip install --force-reinstall npextract")


def test_no_manifests(tmp_path: Path) -> None:
    (found,) = (finding for finding in doctor.check(tmp_path) if finding.name == "models")
    assert found.status == "missing"


def test_many_wrong_files_are_counted(site: Path) -> None:
    gone = [doctor.PinnedFile(f"toy_model/{number}", "", 0) for number in range(7)]
    found = doctor.check_model(doctor.Manifest("toy-model", "1.0", tuple(gone)))
    assert found.detail.startswith("7 of 7 files are not as examined: toy_model/0")
    assert found.detail.endswith(" and 4 more")


def test_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.check()[0].status == "ok"
    monkeypatch.setattr(doctor, "PYTHON", (99, 0))
    assert doctor.check()[0].advice == "install Python 99.0 or later"


def test_an_ontology_that_does_not_load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail() -> None:
        raise OntologyError("bad", file="ontology.json", line=7)

    monkeypatch.setattr(import_module("npextract.ontology"), "load", fail)
    (found,) = (finding for finding in doctor.check(tmp_path) if finding.name == "ontology")
    assert (found.status, found.detail) == ("altered", "OntologyError: ontology.json:7: bad")
    assert found.advice == "pip install --force-reinstall npextract"


def test_optional_extras(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    requirements = [
        "numpy>=2",
        "pytest>=8; extra == 'tested'",
        "absent-model>=1,<2; python_version > '3' and extra == \"far\"",
    ]
    monkeypatch.setattr("importlib.metadata.requires", lambda name: requirements)
    extras = {finding.name: finding for finding in doctor.check(tmp_path) if finding.name.startswith("extra")}
    assert extras["extra tested"] == Finding("extra tested", "ok", "installed")
    assert extras["extra far"].detail == "optional, not installed: absent-model"
    assert "pip install 'npextract[far]'" in extras["extra far"].advice


def test_every_manifest_is_complete() -> None:
    """Each has what people need to judge the model, and this installation has what they describe."""
    manifests = sorted(doctor.models_folder().glob("*.json"))
    assert manifests
    for path in manifests:
        content = json.loads(path.read_text(encoding="utf-8"))
        keys = ["distribution", "version", "licence", "used_for", "source", "why_trusted", "figures", "files"]
        assert list(content) == keys, path.name
        assert all(list(figure) == ["measure", "value", "source"] for figure in content["figures"]), path.name
        assert all(list(file) == ["path", "sha256", "bytes"] for file in content["files"]), path.name
        assert content["files"] and doctor.check_model(doctor.read_manifest(path)).status == "ok", path.name
