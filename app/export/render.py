"""A widget's picture, without showing the widget: painted in steps, and then an array."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from app.export.formats.frame import Frame
from app.export.steps import Steps, at_once

MOST_PASSES = 4
_ALL = QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren


def render(widget: QWidget, size: tuple[int, int], ratio: float = 1.0) -> Frame:
    """Return the picture that ``paint`` makes as an array, all at once."""
    return to_frame(at_once(paint(widget, size, ratio)))


def paint(widget: QWidget, size: tuple[int, int], ratio: float = 1.0, parts: Sequence[QWidget] = ()) -> Steps[QImage]:
    """Draw ``widget`` in a picture of ``size`` (width, height) pixels, of which ``ratio`` make one of the widget's.

    ``parts`` may be given where they are all its children and do not overlap: then each is a step of its own. The
    widget is meant to be a hidden copy, as its size is fixed. Raises ValueError for an empty size, MemoryError.
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
    background = widget.palette().window().color()
    flags = QWidget.RenderFlag.DrawWindowBackground if parts else _ALL
    for one, place in [(widget, widget.rect()), *((part, part.geometry()) for part in parts)]:
        # A chart learns how wide its axis labels are while it paints, and asks for a new layout then.
        # On the screen the next frame is right; here there is no next one.
        for _ in range(MOST_PASSES):
            with QPainter(image) as painter:
                # Changes no pixel, but inside a clip of its own Qt draws the translucent lines of a chart's
                # grid directly: 2.8 instead of 12.5 ms.
                painter.setClipRect(place)
                painter.fillRect(place, background)
                # By name: views of scenes have a render of their own that draws only the scene.
                QWidget.render(one, painter, place.topLeft(), renderFlags=flags)
            if not _lay_out():
                break
            yield
        flags = QWidget.RenderFlag.DrawChildren  # a part stands on the ground of the whole
        yield
    return image


def to_frame(image: QImage) -> Frame:
    """Return a copy of the pixels, shape (height, width, 3), uint8, red first; in any thread."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height = rgb.width(), rgb.height()
    # Qt pads each line to a multiple of four bytes.
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
