"""The program's icon as files: pictures in the sizes that desktops ask for, each drawn, none scaled."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "backscope.svg"

#: Edges in pixels, as the icon theme specification recommends them.
LINUX_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MACOS_SIZES = (16, 32, 64, 128, 256, 512, 1024)


def png(edge: int) -> bytes:
    """Return the icon as a PNG of ``edge`` by ``edge`` pixels; needs no QGuiApplication and no display."""
    picture = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def write_windows_icon(path: Path) -> None:
    """Write the icon as .ico; raises OSError."""
    _write_together(path, WINDOWS_SIZES)


def write_macos_icon(path: Path) -> None:
    """Write the icon as .icns; raises OSError."""
    _write_together(path, MACOS_SIZES)


def _write_together(path: Path, sizes: tuple[int, ...]) -> None:
    pictures = [Image.open(BytesIO(png(edge))) for edge in reversed(sizes)]
    pictures[0].save(path, append_images=pictures[1:], sizes=[picture.size for picture in pictures])
