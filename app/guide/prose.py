"""Prose: paragraphs and formulas of a guided lesson as labels that wrap."""

import html
import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.guide.lesson_text import Formula, Paragraph
from app.look.fonts import number_font
from app.look.theme import Theme

_NO_BREAK = str.maketrans("~", "\N{NO-BREAK SPACE}")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINE_HEIGHT = 128
_TITLE_POINTS = 11.5


def markup(text: str) -> str:
    """Return a paragraph as rich text: what stands between two stars is bold, and a tilde keeps words together."""
    words = _BOLD.sub(r"<b>\1</b>", html.escape(text.translate(_NO_BREAK), quote=False))
    return f'<p style="margin:0; line-height:{_LINE_HEIGHT}%">{words}</p>'


def plain(text: str) -> str:
    """Return a paragraph as a screen reader says it."""
    return _BOLD.sub(r"\1", text.translate(_NO_BREAK))


class WrappedLabel(QLabel):
    """Text that wraps at any width, and is as high as it then needs to be."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text.translate(_NO_BREAK))

    def minimumSizeHint(self) -> QSize:
        """Return little: how high it must be follows from the width it gets."""
        return QSize(40, self.fontMetrics().height())


class TitleLabel(WrappedLabel):
    """The title of a step."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(number_font(_TITLE_POINTS, bold=True))


class FormulaLabel(WrappedLabel):
    """A line of a calculation on a tile, its figures equally wide."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(number_font(9.0))
        self.setStyleSheet(f"background: {theme.field}; border-radius: 7px; padding: 5px 8px;")


def paragraph_label(paragraph: Paragraph, theme: Theme, parent: QWidget | None = None) -> QLabel:
    """Return the label of a paragraph or a formula."""
    if isinstance(paragraph, Formula):
        return FormulaLabel(paragraph.formula, theme, parent)
    label = WrappedLabel(markup(paragraph), parent)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setAccessibleName(plain(paragraph))
    return label
