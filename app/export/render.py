"""A widget's picture as an array, without showing the widget."""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.export.frame import Frame

MOST_PASSES = 4


def render(widget: QWidget, size: tuple[int, int], ratio: float = 1.0) -> Frame:
    """Draw ``widget`` in a picture of ``size`` (width, height) pixels, of which ``ratio`` make one of the widget's.

    Returns a new array of shape (height, width, 3), uint8, red first. The widget is meant to be a
    hidden copy, as its size is fixed. Raises ValueError for an empty size, MemoryError.
    """
    width, height = size
    if width < 1 or height < 1:
        raise ValueError(f"no picture has {width} x {height} pixels")
    # Not resize, which a layout's least size would limit.
    widget.setFixedSize(math.ceil(width / ratio), math.ceil(height / ratio))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise MemoryError(f"no memory for a picture of {width} x {height} pixels")
    image.setDevicePixelRatio(ratio)
    _lay_out()
    # A chart learns how wide its axis labels are while it paints, and asks for a new layout then.
    # On the screen the next frame is right; here there is no next one.
    for _ in range(MOST_PASSES):
        _paint(widget, image)
        if not _lay_out():
            break
    return _to_array(image)


def _paint(widget: QWidget, image: QImage) -> None:
    image.fill(widget.palette().window().color())
    painter = QPainter(image)
    # Changes no pixel, but inside a clip of its own Qt draws the translucent lines of a chart's
    # grid directly: 2.8 instead of 12.5 ms.
    painter.setClipRect(image.rect())
    # By name: views of scenes have a render of their own that draws only the scene.
    QWidget.render(widget, painter, QPoint())
    painter.end()


def to_image(frame: Frame) -> QImage:
    """Return ``frame`` as a picture of its own."""
    height, width, _ = frame.shape
    return QImage(frame.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _to_array(image: QImage) -> Frame:
    """Return a copy of the pixels; Qt pads each line to a multiple of four bytes."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height = rgb.width(), rgb.height()
    lines = np.frombuffer(rgb.constBits(), np.uint8).reshape(height, rgb.bytesPerLine())
    return lines[:, : 3 * width].reshape(height, width, 3).copy()


def _lay_out() -> bool:
    """Carry out layouts that were asked for, and return whether there were any."""
    application = QCoreApplication.instance()
    assert application is not None
    watch = _LayoutWatch()
    application.installEventFilter(watch)
    try:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    finally:
        application.removeEventFilter(watch)
    return watch.seen


class _LayoutWatch(QObject):
    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.seen = True
        return False
