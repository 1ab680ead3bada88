"""Settings for all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from helpers import rules
from npextract import Extractor, Ontology
from npextract.ontology import load

# The default is the same in every run; HYPOTHESIS_PROFILE=explore looks further.
_QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
settings.register_profile("default", deadline=None, max_examples=60, derandomize=True, suppress_health_check=_QUIET)
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=_QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor without neural models."""
    return rules()


@pytest.fixture(scope="session")
def onto() -> Ontology:
    """The ontology that the package ships."""
    return load()
