"""What a person chose for the last export, kept for the next one."""

from dataclasses import dataclass
from enum import Enum

import msgspec

from app.export.request import SIZES
from app.run.pace import Unit
from app.settings import Settings

_KEY = "export_choices"


class Spacing(Enum):
    """How the moments that get a frame are spaced."""

    EVERY = "every"
    TIME = "time"
    CHANGE = "change"


@dataclass(frozen=True)
class Remembered:
    """The choices that suit another run too: no moments, no caption, no name of a file. An empty theme is unchosen."""

    views: tuple[str, ...] = ("weights",)
    spacing: Spacing = Spacing.TIME
    count: int = 1
    unit: Unit = Unit.EPOCH
    frames: int = 100
    size: tuple[int, int] = SIZES[0]
    frame_ms: int = 100
    hold_ms: int = 1000
    theme: str = ""
    colours: str = "auto"
    format_name: str = "gif"


def recall(settings: Settings) -> Remembered:
    """Return the choices kept in ``settings``, or the first ones where there are none that can be read."""
    try:
        return msgspec.json.decode(settings.text(_KEY, ""), type=Remembered)
    except msgspec.DecodeError:
        return Remembered()


def remember(settings: Settings, choices: Remembered) -> None:
    """Keep ``choices``."""
    settings.set_text(_KEY, msgspec.json.encode(choices).decode())
