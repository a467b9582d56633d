"""Fonts: the bundled typeface, numbers whose figures are equally wide, and how large text is now."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from app.languages import current

FONT_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
BODY_PIXELS = 13
#: Where Inter has no character, the first of these that is there has it as Simplified Chinese writes it; a system left
#: to itself may take a Japanese typeface.
_CHINESE = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)


def body_font(text_scale: float) -> QFont:
    """Return the font of ordinary text; needs a QApplication."""
    font = QFont([load_fonts(), *_CHINESE])
    font.setPixelSize(round(BODY_PIXELS * text_scale))
    _use_tabular_figures(font)
    return font


def load_fonts() -> str:
    """Register the bundled typeface and return its family, or the system's if that fails.

    Needs a QApplication. Asking again costs nothing.
    """
    if "Inter" in QFontDatabase.families():
        return "Inter"
    families: list[str] = []
    for path in sorted(FONT_FOLDER.glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if "Inter" in families:
        return "Inter"
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def number_font(point_size: float, bold: bool = False) -> QFont:
    """Return the typeface with figures of equal width, for numbers that change in place.

    ``point_size`` is in points of a 96 dpi screen and set as pixels, so that a picture has the
    same size on every system and in an export. It grows with the text scale of ``install``.
    """
    font = QFont(QApplication.font())
    font.setPixelSize(max(1, round(point_size * 96 / 72 * text_scale())))
    font.setWeight(strong() if bold else QFont.Weight.Normal)
    _use_tabular_figures(font)
    return font


def strong() -> QFont.Weight:
    """Return the weight of headings, and of numbers that stand out.

    The Chinese typefaces of free systems have one weight, and are emboldened where bold is asked for and no less; what
    is half bold would stand out in its figures alone.
    """
    return QFont.Weight.Bold if current() == "zh_CN" else QFont.Weight.DemiBold


def text_scale() -> float:
    """Return how large text is now, as a multiple of its ordinary size."""
    pixels = QApplication.font().pixelSize()
    return pixels / BODY_PIXELS if pixels > 0 else 1.0


def scaled(pixels: float) -> int:
    """Return a length that is ``pixels`` at the ordinary size of text, and grows with it."""
    return round(pixels * text_scale())


def _use_tabular_figures(font: QFont) -> None:
    """Make all figures equally wide, in typefaces that can."""
    font.setFeature(QFont.Tag("tnum"), 1)
