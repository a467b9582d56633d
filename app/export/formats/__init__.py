"""The formats that can be exported: a table of them, and a module for each way of writing a file."""

from app.export.formats.table import FORMATS, Format, Kind

__all__ = ["FORMATS", "Format", "Kind"]
