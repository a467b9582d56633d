"""Whether a picture is made of lines and letters: then nothing may be painted once and kept as pixels."""

from PySide6.QtGui import QPaintEngine, QPainter

_VECTOR = {QPaintEngine.Type.SVG, QPaintEngine.Type.Picture, QPaintEngine.Type.Pdf}


def is_vector(painter: QPainter) -> bool:
    """Return whether ``painter`` writes lines and letters, and not pixels."""
    return painter.paintEngine().type() in _VECTOR
