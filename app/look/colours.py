"""Colours: mixed, compared for their contrast, and made once as Qt's objects."""

from functools import lru_cache

from PySide6.QtGui import QColor


@lru_cache(1024)
def ink(colour: str) -> QColor:
    """Return ``colour`` as Qt's object, made once, as every frame asks for the same few. Do not change it."""
    return QColor(colour)


@lru_cache(4096)
def mix(first: str, second: str, share: float) -> str:
    """Return ``first`` with ``share`` (0 to 1) of ``second`` mixed in, as ``#RRGGBB``."""
    a, b = QColor(first), QColor(second)
    channels = zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in channels)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours ``#RRGGBB`` as WCAG 2 has it, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(1024)
def softened(colour: str, ground: str) -> str:
    """Return ``colour`` as faint on ``ground`` as a line may be, at most by half: with a contrast of 3 where it can."""
    shares = (0.5 + 0.02 * step for step in range(26))
    return next((soft for share in shares if contrast(soft := mix(ground, colour, share), ground) >= 3.0), colour)


def _luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2, 0 to 1."""
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
