"""Rows: a form whose rows can each say what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSpinBox, QStyle, QWidget

from app.look.fonts import scaled
from app.look.style import indent_number_field, restyle

_LARGEST_NUMBER = 999_999
# The height of a field in the style sheet: that of its text, which grows, and of what is around it.
_FIELD_TEXT, _FIELD_AROUND = 18, 6


class NumberField(QSpinBox):
    """A whole number of at least ``least``; whether it makes sense is for the request to say."""

    def __init__(self, least: int = 0, suffix: str = "") -> None:
        super().__init__()
        self.setRange(least, _LARGEST_NUMBER)
        self.setSuffix(suffix)
        self.setGroupSeparatorShown(True)
        self.setAccelerated(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        indent_number_field(self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            indent_number_field(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to scrolling: it would change a number by accident."""
        event.ignore()


@dataclass(frozen=True, eq=False)
class _Row:
    label: QLabel
    part: QWidget
    inputs: Sequence[QWidget]
    error: QLabel


class Rows(QWidget):
    """Labels on the left, what belongs to them on the right, and under each a sentence where something is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, _Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self._space()

    def add(self, field: str, title: str, part: QWidget, hint: str, inputs: Sequence[QWidget] = ()) -> None:
        """Add a row for ``field``, named ``title``; ``inputs`` are what is marked, ``part`` itself if not given.

        An input that has no accessible name gets the title's, and the hint where it has no tool tip.
        """
        inputs = inputs or (part,)
        label = QLabel(title)
        label.setBuddy(inputs[0])
        label.setToolTip(hint)
        for one in inputs:
            one.setAccessibleName(one.accessibleName() or title)
            one.setToolTip(one.toolTip() or hint)
        error = QLabel()
        error.setProperty("role", "error")
        error.setWordWrap(True)
        error.setTextFormat(Qt.TextFormat.PlainText)
        error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        error.hide()
        line = self._grid.rowCount()
        self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(part, line, 1)
        self._grid.addWidget(error, line + 1, 1)
        self._rows[field] = _Row(label, part, inputs, error)
        self._align(self._rows[field])

    def finish(self) -> None:
        """Leave the room that is left below the last row."""
        self._grid.setRowStretch(self._grid.rowCount(), 1)

    def set_offered(self, field: str, offered: bool) -> None:
        """Show a row, or hide it where it means nothing."""
        row = self._rows[field]
        row.label.setVisible(offered)
        row.part.setVisible(offered)

    def mark(self, field: str, sentence: str) -> None:
        """Mark ``field`` as wrong, and no other; without a ``sentence``, none at all."""
        for name, row in self._rows.items():
            words = sentence if name == field else ""
            row.error.setText(words)
            row.error.setVisible(bool(words))
            for one in row.inputs:
                was = bool(one.property("invalid"))
                if words or was:
                    one.setAccessibleDescription(words)
                if was != bool(words):
                    one.setProperty("invalid", bool(words))
                    restyle(one)

    def error(self, field: str) -> str:
        """Return what is wrong with ``field``, or nothing."""
        return self._rows[field].error.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._space()
            for row in self._rows.values():
                self._align(row)

    def _space(self) -> None:
        self._grid.setContentsMargins(0, 0, scaled(10), 0)
        self._grid.setHorizontalSpacing(scaled(12))
        self._grid.setVerticalSpacing(scaled(5))

    @staticmethod
    def _align(row: _Row) -> None:
        """Put a label at the height of the text in the first line beside it."""
        row.label.ensurePolished()
        field = scaled(_FIELD_TEXT) + _FIELD_AROUND
        row.label.setContentsMargins(0, max(0, (field - row.label.fontMetrics().height()) // 2), 0, 0)


class ScrolledRows(QScrollArea):
    """Rows that are never cut off: as wide as they need, and scrolled where the window is not high enough."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows
        self.setWidget(rows)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width that the rows need."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._rows.minimumSizeHint().width() + self._bar(), scaled(160))

    def sizeHint(self) -> QSize:
        needed = self._rows.sizeHint()
        return QSize(max(scaled(420), needed.width()) + self._bar(), needed.height())

    def _bar(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self) + scaled(2)


def side_by_side(*parts: QWidget | None) -> QWidget:
    """Return ``parts`` in one line; None is room that stretches."""
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(scaled(6))
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)
    return whole
