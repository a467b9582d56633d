"""Style: one style sheet gives every widget its looks.

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

from dataclasses import fields
from pathlib import Path
from string import Template

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QWidget

from app.look.colours import mix
from app.look.fonts import body_font, scaled, strong
from app.look.theme import Theme

_RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def install(app: QApplication, theme: Theme, text_scale: float = 1.0) -> None:
    """Give the whole program ``theme``; call it again to switch while windows are open.

    ``text_scale`` enlarges all text, for a projector: 1.0 is a desk, 1.5 a lecture hall.
    Widgets that paint themselves also need their ``set_theme``, a label its text again if that
    has a link in it, and buttons their icons in the new colour and size.
    """
    _take_sheet_off(app)
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setFont(body_font(text_scale))
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme, text_scale))


def _take_sheet_off(app: QApplication) -> None:
    """Leave all widgets without a style sheet, for another that is put on at once.

    Where one sheet takes the place of another, Qt 6.11 polishes every widget once for each widget around it. Taken off
    first and put on again, it does so twice, in a third of the time for a window full of panels.
    """
    unheard = StyleChangeUnheard()
    app.installEventFilter(unheard)
    app.setStyleSheet("")
    app.removeEventFilter(unheard)


class StyleChangeUnheard(QObject):
    """Keeps a style that does not last from all widgets.

    They would lay themselves out for it, and docks would come back a pixel off.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.StyleChange


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
        "icons": (_RESOURCES / "icons" / theme.name).as_posix(),
    }
    lengths = {f"px{pixels}": round(pixels * text_scale) for pixels in range(3, 41)} | _round_things(text_scale)
    values |= {name: f"{length}px" for name, length in lengths.items()}
    template = (_RESOURCES / "style.qss").read_text(encoding="utf-8")
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
