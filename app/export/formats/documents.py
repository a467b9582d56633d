"""Files that are made of bytes as they come: a drawing as text, a table."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from app.export.formats.timing import Timing


def write_document(parts: Iterable[bytes], samples: Sequence[bytes], timing: Timing, file: BinaryIO) -> None:
    """Write ``parts`` one after another; raises OSError as the file does."""
    for part in parts:
        file.write(part)
