"""Theme: the colours, the typeface and the style sheet that every widget shares.

Widgets get their looks from the style sheet wherever it can give them. They ask for a look with
dynamic properties, set before they are shown:

======================  ===========================  ============================================
on                      property                     gives
======================  ===========================  ============================================
QPushButton             ``primary = True``           the one accent-filled button
any button              ``flat = True``              a button without background until hovered
any input               ``invalid = True``           a wrong-coloured border, size unchanged
QLabel                  ``role = "title"``           a card's bold heading
QLabel                  ``role = "section"``         a small soft heading inside a card
QLabel                  ``role = "soft"``            secondary text
QLabel                  ``role = "caption"``         small secondary text
QLabel                  ``role = "number"``          a large readable number
QLabel                  ``role = "display"``         the program's name, very large
QLabel                  ``role = "key"``             a key on the keyboard
QLabel                  ``role = "chip"``            a small accent-tinted pill
QLabel                  ``role = "error"``           a sentence about what went wrong
QFrame                  ``role = "bar"``             the top bar
QFrame                  ``role = "tile"``            a filled tile; ``selected = True`` rings it
QFrame                  ``role = "card"``            a card within a dialog
QFrame                  ``role = "popup"``           what stands over the window
QFrame                  ``role = "callout"``         an accent-tinted box with a hint
======================  ===========================  ============================================

When such a property changes later, call ``restyle(widget)``.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from app.languages import current

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
BODY_PIXELS = 13


@dataclass(frozen=True)
class Theme:
    """One colour scheme; every colour is a string ``#RRGGBB``.

    ``field`` is behind inputs, chips and tiles; ``on_accent`` is the text on accent, forward and
    backward fills; ``series`` are ten line colours, one a digit, told apart also by people with
    deuteranopia or protanopia. The same index has the same hue in every theme.
    """

    name: str
    background: str
    card: str
    line: str
    text: str
    soft_text: str
    accent: str
    on_accent: str
    field: str
    forward: str
    backward: str
    positive: str
    negative: str
    right: str
    wrong: str
    series: tuple[str, ...]

    @property
    def accent_soft(self) -> str:
        """The accent as a faint tint of the card: chips, hints, selected rows."""
        return mix(self.card, self.accent, 0.15 if self.name == "dark" else 0.10)

    @property
    def disabled_text(self) -> str:
        """Text of disabled controls: clearly quieter than text, still readable."""
        return mix(self.field, self.soft_text, 0.82)

    @property
    def accent_soft_hover(self) -> str:
        """What a control on the accent's tint has behind its text while it is pointed at."""
        return mix(self.accent_soft, self.card, 0.5)

    @property
    def outline(self) -> str:
        """The border of a control that is nothing but a border, such as a box to tick."""
        return mix(self.field, self.soft_text, 0.78)

    @property
    def waiting(self) -> str:
        """Text and lines of what has not been computed yet: quieter than soft text, still readable."""
        return mix(self.card, self.soft_text, 0.72)

    @property
    def grid(self) -> str:
        """Grid lines of charts, quieter than borders."""
        return mix(self.card, self.line, 0.7)


# Forward, negative, right and wrong are a shade darker than the first design: as small text on a field or a
# tint (forward, right, wrong) they now reach 4.5:1, as a bar on a field (negative) 3:1.
LIGHT = Theme(
    name="light",
    background="#F5F6F8",
    card="#FFFFFF",
    line="#E3E6EB",
    text="#1B2430",
    soft_text="#5D6878",
    accent="#3B5BDB",
    on_accent="#FFFFFF",
    field="#F1F3F6",
    forward="#0A7C70",
    backward="#B4359B",
    positive="#2F6FDE",
    negative="#D07114",
    right="#1C7C44",
    wrong="#C53636",
    series=(
        "#2238A8",
        "#EE6E14",
        "#377B84",
        "#C93357",
        "#774ED7",
        "#705911",
        "#E35EC3",
        "#A78F7A",
        "#3C3E50",
        "#1D4609",
    ),
)
DARK = Theme(
    name="dark",
    background="#14181E",
    card="#1C222B",
    line="#2C343F",
    text="#E8ECF2",
    soft_text="#9AA6B5",
    accent="#7C95FF",
    on_accent="#14181E",
    field="#252C37",
    forward="#3CCBB9",
    backward="#E57BD0",
    positive="#6FA2FF",
    negative="#F5A14A",
    right="#4CC680",
    wrong="#FF7C7C",
    series=(
        "#6C9AFD",
        "#F77D05",
        "#42DAF9",
        "#D92A25",
        "#8854DD",
        "#F7CB4A",
        "#D969BC",
        "#C5AFA5",
        "#707379",
        "#9FFBB8",
    ),
)
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
THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}


def install(app: QApplication, theme: Theme, text_scale: float = 1.0) -> None:
    """Give the whole program ``theme``; call it again to switch while windows are open.

    ``text_scale`` enlarges all text, for a projector: 1.0 is a desk, 1.5 a lecture hall.
    Widgets that paint themselves also need their ``set_theme``, a label its text again if that
    has a link in it, and buttons their icons in the new colour and size.
    """
    font = QFont([load_fonts(), *_CHINESE])
    font.setPixelSize(round(BODY_PIXELS * text_scale))
    _use_tabular_figures(font)
    _take_sheet_off(app)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font)
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme, text_scale))


def _take_sheet_off(app: QApplication) -> None:
    """Leave all widgets without a style sheet, for another that is put on at once.

    Where one sheet takes the place of another, Qt 6.11 polishes every widget once for each widget around it. Taken off
    first and put on again, it does so twice, in a third of the time for a window full of panels.
    """
    unheard = _StyleChangeUnheard()
    app.installEventFilter(unheard)
    app.setStyleSheet("")
    app.removeEventFilter(unheard)


class _StyleChangeUnheard(QObject):
    """Keeps a style that does not last from all widgets.

    They would lay themselves out for it, and docks would come back a pixel off.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.StyleChange


def load_fonts() -> str:
    """Register the bundled typeface and return its family, or the system's if that fails.

    Needs a QApplication. Asking again costs nothing.
    """
    if "Inter" in QFontDatabase.families():
        return "Inter"
    families: list[str] = []
    for path in sorted((RESOURCES / "fonts").glob("*.otf")):
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


def palette(theme: Theme) -> QPalette:
    """Return the palette for what no style sheet reaches, such as item views and links."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.background,
        role.WindowText: theme.text,
        role.Base: theme.card,
        role.AlternateBase: theme.field,
        role.Text: theme.text,
        role.BrightText: theme.on_accent,
        role.Button: theme.field,
        role.ButtonText: theme.text,
        role.PlaceholderText: theme.soft_text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.card,
        role.Light: theme.card,
        role.Midlight: theme.field,
        role.Mid: theme.line,
        role.Dark: theme.soft_text,
        role.Shadow: theme.line,
    }
    result = QPalette()
    for which, colour in colours.items():
        result.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.disabled_text))
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.line))
    return result


def style_sheet(theme: Theme, text_scale: float = 1.0) -> str:
    """Return the style sheet of ``theme``, with text and control sizes times ``text_scale``."""
    dark = theme.name == "dark"
    values = {f.name: getattr(theme, f.name) for f in fields(Theme) if f.name != "series"}
    values |= {
        "strong": strong().value,
        "accent_soft": theme.accent_soft,
        "disabled_text": theme.disabled_text,
        "field_hover": mix(theme.field, theme.text, 0.05),
        "field_pressed": mix(theme.field, theme.text, 0.10),
        "outline": theme.outline,
        "accent_hover": mix(theme.accent, theme.text if dark else theme.on_accent, 0.10),
        "accent_pressed": mix(theme.accent, theme.background if dark else theme.text, 0.16),
        "disabled_fill": mix(theme.card, theme.field, 0.6),
        "scroll": mix(theme.card, theme.soft_text, 0.76),
        "icons": (RESOURCES / "icons" / theme.name).as_posix(),
    }
    lengths = {f"px{pixels}": round(pixels * text_scale) for pixels in range(3, 41)} | _round_things(text_scale)
    values |= {name: f"{length}px" for name, length in lengths.items()}
    template = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    return Template(template).substitute(values)


def _round_things(text_scale: float) -> dict[str, int]:
    """Return the sizes of what is round, in pixels: Qt leaves corners square whose radius is more than half a side."""
    groove, overhang = round(4 * text_scale), round(5 * text_scale)
    handle, dot = groove + 2 * overhang, round(14 * text_scale) + 4  # with borders of 2 px
    ring = round(5 * text_scale)
    return {
        "handle_inside": handle - 4,
        "handle_radius": handle // 2,
        "handle_overhang": overhang,
        "radio_radius": dot // 2,
        "radio_ring": ring,
        "radio_hole": dot - 2 * ring,
        "bar_radius": round(6 * text_scale) // 2,
        "chip_radius": int((15 * text_scale + 3) / 2),
    }


@lru_cache(1024)
def ink(colour: str) -> QColor:
    """Return ``colour`` as Qt's object, made once, as every frame asks for the same few. Do not change it."""
    return QColor(colour)


@lru_cache(4096)
def mix(first: str, second: str, share: float) -> str:
    """Return ``first`` with ``share`` (0 to 1) of ``second`` mixed in, as ``#RRGGBB``."""
    a, b = QColor(first), QColor(second)
    channels = zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in channels)


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours ``#RRGGBB`` as WCAG 2 has it, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(1024)
def softened(colour: str, ground: str) -> str:
    """Return ``colour`` as faint on ``ground`` as a line may be, at most by half: with a contrast of 3 where it can."""
    shares = (0.5 + 0.02 * step for step in range(26))
    return next((soft for share in shares if contrast(soft := mix(ground, colour, share), ground) >= 3.0), colour)


def _luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2, 0 to 1."""
    shares = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def indent_number_field(field: QAbstractSpinBox) -> None:
    """Give the text of a spin box the left margin that other inputs have.

    Qt 6.11 forgets a spin box's left padding when it has a style sheet, and shows no text at all
    in one without buttons: leave the buttons on, and call this after making the field and when text has
    another size.
    """
    edit = field.findChild(QLineEdit)
    if edit is not None:
        edit.setTextMargins(scaled(8), 0, 0, 0)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet to ``widget`` again, after one of its dynamic properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _use_tabular_figures(font: QFont) -> None:
    """Make all figures equally wide, in typefaces that can."""
    font.setFeature(QFont.Tag("tnum"), 1)
