"""The JSON Schema of the record, one of which stands on each line of npextract's output."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def record_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every record fits; see `Document.to_dict`."""
    schema: dict[str, Any] = json.loads(files(__name__).joinpath("record.schema.json").read_bytes())
    return schema
