"""A widget's picture as an SVG document: lines stay lines, and letters letters."""

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView, QWidget

from app.export.render import render


def render_svg(widget: QWidget, size: tuple[int, int], ratio: float, title: str) -> bytes:
    """Draw ``widget`` as an SVG of ``size`` (width, height), enlarged by ``ratio``; all as in render."""
    for view in widget.findChildren(QGraphicsView):
        view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # which would be a picture in the picture
    render(widget, size, ratio)  # lays everything out
    document = QBuffer()
    document.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(document)
    generator.setResolution(widget.logicalDpiX())  # or letters would have another size than they were measured in
    generator.setSize(QSize(*size))
    generator.setViewBox(QRect(QPoint(), QSize(*size)))
    generator.setTitle(title or "Backscope")
    generator.setDescription("")
    with QPainter(generator) as painter:
        painter.scale(ratio, ratio)
        QWidget.render(widget, painter, QPoint())
    return bytes(document.data().data())
