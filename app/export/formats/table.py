"""The formats that can be exported, as a table from file suffix to what there is to know of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, BinaryIO, Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.export.formats import video
from app.export.formats.apng import write_apng
from app.export.formats.documents import write_document
from app.export.formats.gif import write_gif
from app.export.formats.png import write_png, write_png_sequence
from app.export.formats.timing import Timing
from app.export.formats.webp import write_webp


class Kind(Enum):
    """What a file of a format shows."""

    ANIMATION = "animation"
    PICTURE = "picture"
    TABLE = "table"


class Writer(Protocol):
    """Writes frames, one after another as they come, to a file opened for writing."""

    def __call__(self, frames: Iterable[Any], samples: Sequence[Any], timing: Timing, file: BinaryIO, /) -> None:
        """Write ``frames``, shown as long as ``timing`` says.

        ``samples`` are the first, a middle and the last of the frames, ahead of time, for formats
        that have to know the colours before they begin. A frame is a Frame, or bytes where the
        format is made of text.
        """


@dataclass(frozen=True)
class Format:
    """One format. ``label`` is its name for a person, to be translated in the context "Formats".

    ``vector``: its pictures are drawn as lines and letters, not as pixels. ``even_sides``: width and height must be
    even. ``unavailable`` returns a sentence that says what to install, or None.
    """

    label: object  # a str, though QT_TRANSLATE_NOOP does not say so
    kind: Kind
    write: Writer
    vector: bool = False
    even_sides: bool = False
    unavailable: Callable[[], str | None] = lambda: None

    def title(self) -> str:
        """Return its translated name."""
        return QCoreApplication.translate("Formats", str(self.label))


def _video(label: object, write: Writer) -> Format:
    return Format(label, Kind.ANIMATION, write, even_sides=True, unavailable=video.unavailable)


FORMATS: dict[str, Format] = {
    "gif": Format(QT_TRANSLATE_NOOP("Formats", "GIF"), Kind.ANIMATION, write_gif),
    "apng": Format(QT_TRANSLATE_NOOP("Formats", "APNG, all colours"), Kind.ANIMATION, write_apng),
    "webp": Format(QT_TRANSLATE_NOOP("Formats", "WebP, all colours"), Kind.ANIMATION, write_webp),
    "mp4": _video(QT_TRANSLATE_NOOP("Formats", "MP4 video"), video.write_mp4),
    "webm": _video(QT_TRANSLATE_NOOP("Formats", "WebM video"), video.write_webm),
    "zip": Format(QT_TRANSLATE_NOOP("Formats", "Numbered PNG pictures, zipped"), Kind.ANIMATION, write_png_sequence),
    "png": Format(QT_TRANSLATE_NOOP("Formats", "PNG picture"), Kind.PICTURE, write_png),
    "svg": Format(QT_TRANSLATE_NOOP("Formats", "SVG drawing"), Kind.PICTURE, write_document, vector=True),
    "csv": Format(QT_TRANSLATE_NOOP("Formats", "CSV table of the metrics"), Kind.TABLE, write_document),
}
