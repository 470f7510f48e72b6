"""Feed exporters for `scrapy crawl -o out.csv` and `-o out.xml`: links as plain values, readable and safe cells."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from scrapy.exporters import CsvItemExporter, XmlItemExporter

from newscrawl.text import spreadsheet_cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from io import BytesIO


class ReadableCsv(CsvItemExporter):
    """CSV with the cells of `newscrawl export`: lists as JSON, and no formulas.

    A file that is added to keeps its one header.
    """

    def __init__(self, file: BytesIO, **options: Any) -> None:  # of several types, as Scrapy declares them
        if file.seekable() and file.tell() > 0:
            options["include_headers_line"] = False
        super().__init__(file, **options)

    def serialize_field(self, field: Mapping[str, object], name: str, value: object) -> object:  # noqa: ARG002  # Scrapy's
        """Return a field's cell."""
        return spreadsheet_cell(_plain(value))


class PlainXml(XmlItemExporter):
    """XML with an element for each value of a link."""

    def serialize_field(self, field: Mapping[str, object], name: str, value: object) -> object:  # noqa: ARG002  # Scrapy's
        """Return a field's value."""
        return _plain(value)


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
