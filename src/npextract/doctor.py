"""Is everything in place? What `npextract doctor` reports: nothing is changed, and nothing is fetched.

The models are other people's packages. `models/*.json` says which version of each was examined, and the
SHA-256 of every file of it that is used; here the installed files are compared with that.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Literal

Status = Literal["ok", "missing", "altered", "warning"]

PYTHON = (3, 11)
"""The oldest Python that npextract runs on."""

_NAMED_FILES = 3
"""How many wrong files a finding names before it only counts."""

_EXTRA = re.compile(r"^(?P<distribution>[\w.-]+).*;.*\bextra\s*==\s*['\"](?P<extra>[\w.-]+)")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    `detail` says what was found, `advice` exactly what to do about it (empty if there is nothing to do).
    """

    name: str
    status: Status
    detail: str
    advice: str = ""


@dataclass(frozen=True)
class PinnedFile:
    """A file as it was examined; `path` is relative to the folder that packages are installed in."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """A model's distribution as it was examined."""

    distribution: str
    version: str
    files: tuple[PinnedFile, ...]

    @property
    def requirement(self) -> str:
        """What pip has to be told to install it."""
        return f"{self.distribution}=={self.version}"


def check(models: Path | None = None) -> list[Finding]:
    """Look at Python, the models, the ontology and the optional extras, in this order.

    `models` is the folder with the manifests, by default the one that belongs to this npextract.
    """
    return [_python(), *_models(models or models_folder()), _ontology(), *_extras()]


def models_folder() -> Path:
    """Where the manifests are: in the installed package, or in the source tree it is run from."""
    package = Path(__file__).parent
    shipped, source = package / "models", package.parents[1] / "models"
    return shipped if shipped.is_dir() else source


def read_manifest(path: Path) -> Manifest:
    """A manifest from its JSON file; what it says for people (licence, figures …) is left out."""
    content = json.loads(path.read_text(encoding="utf-8"))
    files = (PinnedFile(file["path"], file["sha256"], file["bytes"]) for file in content["files"])
    return Manifest(content["distribution"], content["version"], tuple(files))


def check_model(manifest: Manifest) -> Finding:
    """Compare an installed distribution with its manifest, file by file."""
    name, requirement = manifest.distribution, manifest.requirement
    try:
        installed = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return Finding(name, "missing", "not installed", f"pip install {requirement}")
    if installed.version != manifest.version:
        detail = f"version {installed.version} is installed, {manifest.version} was examined"
        return Finding(name, "altered", detail, f"pip install {requirement}")
    root = Path(str(installed.locate_file("")))
    wrong = [problem for file in manifest.files if (problem := _problem(root, file))]
    if wrong:
        detail = f"{len(wrong)} of {len(manifest.files)} files are not as examined: {_some(wrong)}"
        return Finding(name, "altered", detail, f"pip install --force-reinstall --no-deps {requirement}")
    return Finding(name, "ok", f"{manifest.version}, {len(manifest.files)} files as examined")


def _python() -> Finding:
    running = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= PYTHON:
        return Finding("Python", "ok", running)
    wanted = ".".join(map(str, PYTHON))
    return Finding("Python", "warning", f"{running} is too old", f"install Python {wanted} or later")


def _models(folder: Path) -> Iterator[Finding]:
    manifests = sorted(folder.glob("*.json"))
    if not manifests:
        yield Finding("models", "missing", f"no manifests in {folder}", "pip install --force-reinstall npextract")
    for path in manifests:
        try:
            manifest = read_manifest(path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            detail = f"the manifest {path} cannot be read: {error!r}"
            yield Finding(path.stem, "altered", detail, "pip install --force-reinstall npextract")
        else:
            yield check_model(manifest)


def _problem(root: Path, pinned: PinnedFile) -> str:
    """What is wrong with a file, or nothing."""
    path = root / pinned.path
    try:
        if path.stat().st_size == pinned.bytes and _sha256(path) == pinned.sha256:
            return ""
    except OSError as error:
        return f"{pinned.path} ({error.strerror})"
    return f"{pinned.path} (other content)"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED_FILES
    return ", ".join(names[:_NAMED_FILES]) + (f" and {more} more" if more > 0 else "")


def _ontology() -> Finding:
    """Load the compiled ontology; whatever goes wrong is what there is to report."""
    try:
        load = import_module("npextract.ontology").load  # not `from npextract import …`: that is the function

        return Finding("ontology", "ok", load().version)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"
        return Finding("ontology", "altered", detail, "pip install --force-reinstall npextract")


def _extras() -> Iterator[Finding]:
    """The optional extras that npextract's own metadata names. One that is not installed is no fault."""
    for extra, distributions in sorted(_extra_requirements().items()):
        absent = [name for name in distributions if not _is_installed(name)]
        if absent:
            detail = f"optional, not installed: {', '.join(absent)}"
            yield Finding(f"extra {extra}", "ok", detail, f"pip install 'npextract[{extra}]' if you want it")
        else:
            yield Finding(f"extra {extra}", "ok", "installed")


def _extra_requirements() -> dict[str, list[str]]:
    """Distributions by extra; none if npextract is run without being installed."""
    try:
        requirements = metadata.requires("npextract") or []
    except metadata.PackageNotFoundError:
        return {}
    by_extra: dict[str, list[str]] = defaultdict(list)
    for requirement in requirements:
        if match := _EXTRA.match(requirement):
            by_extra[match["extra"]].append(match["distribution"])
    return by_extra


def _is_installed(distribution: str) -> bool:
    try:
        metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        return False
    return True
