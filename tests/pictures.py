"""What a picture shows, pixel by pixel."""

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget


def pixels(image: QImage) -> np.ndarray:
    """Return the colours 0xRRGGBB of all pixels, (height, width)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1).copy() & 0xFFFFFF


def colours(seen: QWidget | QImage, box: QRectF | None = None) -> set[str]:
    """Return every colour "#RRGGBB" in a widget or picture, or in the part of it within ``box``."""
    image = seen.grab().toImage() if isinstance(seen, QWidget) else seen
    part = image.copy(box.toAlignedRect() if box is not None else QRect())
    return {f"#{pixel:06X}" for pixel in np.unique(pixels(part)).tolist()}


def has_colour(image: QImage, at: QPointF, colour: str) -> bool:
    """Return whether a pixel at ``at``, or next to it, has about that colour."""
    wanted = QColor(colour)
    seen = [image.pixelColor(round(at.x()) + dx, round(at.y()) + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return any(
        abs(c.red() - wanted.red()) + abs(c.green() - wanted.green()) + abs(c.blue() - wanted.blue()) < 60 for c in seen
    )
