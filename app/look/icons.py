"""Icons: our own SVG files, drawn in the colour that is asked for.

Every icon but the application's own is a line drawing in ``currentColor``, so one file serves
both themes. A button shows ``icon("play", theme.on_accent)``; text colours come from the theme.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.look.fonts import scaled

ICON_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "icons"

# Sharp on ordinary, fractionally scaled and high-density screens without scaling a picture.
_BUTTON_SIZE = 16
_APPLICATION_SIZES = (16, 20, 24, 32, 48, 64, 128, 256)
# Between the soft texts of both themes: an icon on an accent fill loses that fill when disabled.
_DISABLED_COLOUR = "#8A94A2"


def icon_names() -> tuple[str, ...]:
    """Return the names that ``icon`` knows, sorted."""
    return tuple(sorted(path.stem for path in ICON_FOLDER.glob("*.svg")))


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return the icon ``name`` in ``colour``, with a fainter picture for disabled controls.

    ``colour`` is anything QColor reads, ``size`` the edge in device-independent pixels at the ordinary size of text:
    ask again when that has changed. Raises FileNotFoundError for a name without a file.
    """
    # The style sheet asks for 16 pixels where nobody says otherwise: drawn for it, not scaled down to it.
    edges = {round(scaled(edge) * ratio) for edge in (size, _BUTTON_SIZE) for ratio in _pixel_ratios()}
    return QIcon(_drawn(name, colour, tuple(sorted(edges))))


@lru_cache(512)
def _drawn(name: str, colour: str, edges: tuple[int, ...]) -> QIcon:
    """Return the icon in all of ``edges``, made once, as a change of the look asks for all icons at the same time."""
    result = QIcon()
    for edge in edges:
        # A button that is pressed or chosen must not have its icon tinted by the style.
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
            result.addPixmap(_picture(name, colour, edge), mode)
        result.addPixmap(_picture(name, _DISABLED_COLOUR, edge), QIcon.Mode.Disabled)
    return result


def icon_pixmap(name: str, colour: str, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """Return one picture of ``name``, ``size`` device-independent pixels square.

    ``ratio`` is the device pixel ratio of the paint device it is for.
    Raises FileNotFoundError for a name without a file.
    """
    picture = QPixmap(_picture(name, colour, round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    return picture


def application_icon() -> QIcon:
    """Return the program's icon, rendered for every size that desktops ask for."""
    result = QIcon()
    for size in _APPLICATION_SIZES:
        result.addPixmap(icon_pixmap("backscope", "black", size))
    return result


def _pixel_ratios() -> set[float]:
    """Return the pixel ratios of the screens there are, and 2 for one that may be plugged in."""
    return {screen.devicePixelRatio() for screen in QGuiApplication.screens()} | {2.0}


def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = (ICON_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", QColor(colour).name())
    return QSvgRenderer(QByteArray(drawing.encode("utf-8")))


@lru_cache(2048)
def _picture(name: str, colour: str, edge: int) -> QPixmap:
    """Return the icon, ``edge`` by ``edge`` device pixels; shared, so do not change it."""
    drawing = _renderer(name, colour)
    picture = QPixmap(edge, edge)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    return picture
