"""The formats an animation can be written in, as a table from file suffix to writer."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO, Protocol

from app.export.frame import Frame
from app.export.gif import write_gif


class Writer(Protocol):
    """Writes frames, one after another as they come, to a file opened for writing."""

    def __call__(self, frames: Iterable[Frame], samples: Sequence[Frame], duration_ms: int, file: BinaryIO) -> None:
        """Write ``frames``, each shown for ``duration_ms`` milliseconds.

        ``samples`` are the first, a middle and the last of the frames, ahead of time, for formats
        that have to know the colours before they begin.
        """


FORMATS: dict[str, Writer] = {"gif": write_gif}
