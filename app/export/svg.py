"""A widget's picture as an SVG document: lines stay lines, and letters letters."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView, QWidget

from app.export.render import paint
from app.export.steps import Steps


def write_svg(
    widget: QWidget, size: tuple[int, int], ratio: float, parts: Sequence[QWidget], title: str
) -> Steps[bytes]:
    """Draw ``widget`` as an SVG of ``size`` (width, height), enlarged by ``ratio``; all as in paint."""
    for view in widget.findChildren(QGraphicsView):
        view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # which would be a picture in the picture
    yield from paint(widget, size, ratio, parts)  # lays everything out
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
        QWidget.render(widget, painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawWindowBackground)
        for part in parts:
            yield
            QWidget.render(part, painter, part.pos(), renderFlags=QWidget.RenderFlag.DrawChildren)
    return bytes(document.data().data())
