"""Write `datapackage.json`, which describes exported files as a Frictionless Data Package.

https://datapackage.org/standard/data-package/
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from newscrawl.archive import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from newscrawl.archive import Field, Table

NAME = "datapackage.json"
_MEDIA = {".csv": "text/csv", ".jsonl": "application/jsonl", ".parquet": "application/vnd.apache.parquet"}
# Kind → type and format of Table Schema. A publication time may be only a day, which is no `datetime`.
_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.LIST: "array",
    Kind.DAY: "date",
    Kind.PUBLISHED: "string",
    Kind.MOMENT: "datetime",
}


def describe(folder: Path, tables: Mapping[str, Table], filters: Mapping[str, object]) -> None:
    """Write the description of the tables in a folder, each in the file of its name, with its size and hash."""
    resources = [_resource(folder / name, table, set(tables.values())) for name, table in tables.items()]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "newscrawl-export",
        "title": "Articles of Chinese regional news",
        "filters": {name: value for name, value in filters.items() if value is not None},
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / NAME).write_text(text + "\n", "utf-8")


def _resource(file: Path, table: Table, beside: set[Table]) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(field, file.suffix) for field in table.fields]}
    if table.names[0] == "url":
        schema["primaryKey"] = ["url"]
    elif any(other.names[0] == "url" for other in beside):
        reference = {"resource": "articles", "fields": ["url"]}
        schema["foreignKeys"] = [{"fields": ["article"], "reference": reference}]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {
        "name": table.name,
        "type": "table",
        "description": table.doc,
        "path": file.name,
        "format": file.suffix[1:],
        "mediatype": _MEDIA[file.suffix],
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema,
    }


def _field(field: Field, suffix: str) -> dict[str, str]:
    typed = "datetime" if field.kind is Kind.PUBLISHED and suffix == ".parquet" else _TYPES[field.kind]
    return {"name": field.name, "type": typed, "description": field.doc}
