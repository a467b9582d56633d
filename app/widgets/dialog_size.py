"""How large a window beside the main one is: as large as its text asks for, and never larger than the screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from app.look.fonts import scaled

# What a desktop may put around a window: a title above it, borders beside it.
_FRAME = QSize(24, 56)


def roomy(widget: QWidget, width: int, height: int) -> QSize:
    """Return ``width`` by ``height`` for text of the ordinary size, grown with the text as far as the screen allows."""
    return within_screen(widget, QSize(scaled(width), scaled(height)))


def within_screen(widget: QWidget, size: QSize) -> QSize:
    """Return ``size``, or as much of it as the screen of ``widget`` has room for."""
    return size.boundedTo(widget.screen().availableSize() - _FRAME)


def polish(widget: QWidget) -> None:
    """Give ``widget`` and all its parts their looks, so that they can be measured before they are shown."""
    for part in (widget, *widget.findChildren(QWidget)):
        part.ensurePolished()
