"""The fields of a narrow form: choices, entries, and the column they stand in."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from app.look.fonts import scaled
from app.look.style import restyle
from app.wording import Term, together

# Lengths are for the ordinary size of text, and grow with it.
_GAP, _LEAST_GAP = 8, 3
_ROW_GAP = 4
_SECTION_GAP = 9
_LEAST_FIELD = 72
#: Values may make the column as wide as this; longer ones end in an ellipsis.
_WIDEST_NEED = 186
_TEXT_ROOM = 22
_ARROW_ROOM = 14
_RESIZING = (
    QEvent.Type.LayoutRequest,
    QEvent.Type.Show,
    QEvent.Type.Polish,
    QEvent.Type.StyleChange,
    QEvent.Type.FontChange,
)
#: After the others, every row asks for its place anew, and one of these comes.
_PLACING = (QEvent.Type.LayoutRequest, QEvent.Type.Show)


class Choice(QComboBox):
    """A choice among named values. ``chosen`` is sent when a person chooses, never by the program."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None, *, steady: bool = False) -> None:
        """Make a choice as wide as the value chosen or, if ``steady``, as the longest there is."""
        super().__init__(parent)
        self._steady = steady
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda _: self.chosen.emit())

    def offer(self, key: object, term: Term, reason: str = "") -> None:
        """Add a value; with a ``reason`` why it cannot be chosen, it is shown and disabled."""
        self.addItem(term.label, key)
        row = self.count() - 1
        hint = together(term.hint, reason)
        self.setItemData(row, hint, Qt.ItemDataRole.ToolTipRole)
        self.setItemData(row, hint, Qt.ItemDataRole.AccessibleDescriptionRole)
        model = self.model()
        if reason and isinstance(model, QStandardItemModel):
            model.item(row).setEnabled(False)

    def key(self) -> object:
        """Return the value that is chosen."""
        return self.currentData()

    def set_key(self, key: object) -> None:
        """Choose ``key``, if it is among the values."""
        row = self.row_of(key)
        if row is not None:
            self.setCurrentIndex(row)
            self.updateGeometry()

    def row_of(self, key: object) -> int | None:
        """Return the row of ``key``, or None."""
        return next((row for row in range(self.count()) if self.itemData(row) == key), None)

    def choose(self, key: object) -> None:
        """Do what a person does who chooses ``key``."""
        self.set_key(key)
        self.chosen.emit()

    def sizeHint(self) -> QSize:
        """Return the room for the value chosen: the experiment's form is too narrow for the longest."""
        hint, widths = super().sizeHint(), self.fontMetrics()
        texts = [self.itemText(row) for row in range(self.count())] if self._steady else [self.currentText()]
        width = max((widths.horizontalAdvance(text) for text in texts), default=0) + scaled(_TEXT_ROOM + _ARROW_ROOM)
        return QSize(width, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_LEAST_FIELD), super().minimumSizeHint().height())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Show an ellipsis where the value chosen is too long; the styles cut it off in the middle of a letter."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def showPopup(self) -> None:
        """Open the list as wide as its longest value."""
        view = self.view()
        view.setMinimumWidth(max(self.width(), view.sizeHintForColumn(0) + 24))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to scrolling: it would change a value by accident."""
        event.ignore()


class Entry(QLineEdit):
    """A value to be typed. ``committed`` is sent on Enter and when the focus leaves, if the text was edited.

    Escape brings back the value that was shown.
    """

    committed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._edited = False
        self._shown = ""
        self.textEdited.connect(self._note_edit)
        self.editingFinished.connect(self._commit)

    def show_text(self, text: str) -> None:
        """Show ``text`` as a value that needs no commit; where it begins stays visible."""
        self._edited = False
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)
        self.updateGeometry()

    def enter(self, text: str) -> None:
        """Do what a person does who types ``text`` and presses Enter."""
        self.setText(text)
        self.committed.emit()

    def event(self, event: QEvent) -> bool:
        """Leave Play, Undo and Redo to the window unless a value is being typed.

        Space would replace a selected value by nothing, and a value that was shown has nothing to be undone.
        """
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._leaves(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back what was typed on Escape, whether or not it could be used."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.show_text(self._shown)
            self.selectAll()
            self.committed.emit()
        else:
            super().keyPressEvent(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        space = event.key() == Qt.Key.Key_Space
        return not self._edited and (space or event.matches(undo) or event.matches(redo))

    def _note_edit(self) -> None:
        self._edited = True

    def _commit(self) -> None:
        if self._edited:
            self._edited = False
            self.committed.emit()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText()) + scaled(_TEXT_ROOM)
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(44), super().minimumSizeHint().height())


class Between(QWidget):
    """An entry between what comes before and after it: 784 – [128] – 10."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before, self.entry, self.after = QLabel(self), Entry(self), QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for label in (self.before, self.after):
            label.setProperty("role", "soft")
        row.addWidget(self.before)
        row.addWidget(self.entry, 1)
        row.addWidget(self.after)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_LEAST_FIELD), super().minimumSizeHint().height())


@dataclass
class Field:
    """One row of the form: its name, the widget that has the value, and what stands in the row."""

    label: QLabel
    widget: QWidget
    row: QWidget
    hint: str
    #: Why it is disabled, if it is.
    reason: str = ""

    def mark(self, error: str) -> None:
        """Mark the field as invalid because of ``error``, or as valid where that is empty."""
        words = error or self.reason or self.hint
        self.widget.setToolTip(words)
        self.widget.setAccessibleDescription(words)
        if bool(self.widget.property("invalid")) != bool(error):
            self.widget.setProperty("invalid", bool(error))
            restyle(self.widget)


class _Measures:
    """The sizes of label and row of each item, and what follows from all of them; the row of a section is empty."""

    def __init__(self, rows: list[tuple[QSize, QSize]]) -> None:
        self.rows = rows
        #: The width of the widest label.
        self.labels = max((label.width() for label, row in rows if row.height()), default=0)
        gap, row_gap = scaled(_GAP), scaled(_ROW_GAP)
        sections = sum(not row.height() for _, row in rows)
        height = sum(max(label.height(), row.height()) + row_gap for label, row in rows)
        height += scaled(_SECTION_GAP) * max(0, sections - 1)
        widest = max((row.width() for _, row in rows), default=0)
        self.hint = QSize(self.labels + gap + max(widest, scaled(_LEAST_FIELD)), height)
        needed = max((label.width() + scaled(_LEAST_GAP) + row.width() for label, row in rows), default=0)
        self.least = QSize(max(self.labels + gap + scaled(_LEAST_FIELD), min(needed, scaled(_WIDEST_NEED))), height)


class FormColumn(QWidget):
    """Sections of rows, label at the left and field at the right; fields are as wide as the column allows.

    A value that is too long for the common width takes what its own, shorter label leaves.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLabel | Field] = []
        self._measures: _Measures | None = None

    def add_section(self, title: str) -> None:
        """Begin a section."""
        label = QLabel(title, self)
        label.setProperty("role", "section")
        self._items.append(label)
        self._measures = None

    def add_field(self, label: str, widget: QWidget, hint: str, row: QWidget | None = None) -> Field:
        """Add ``widget`` under the name ``label``; ``row`` is what stands in its place, if more than itself."""
        field = Field(QLabel(label, self), widget, row or widget, hint)
        field.label.setProperty("role", "soft")
        field.label.setBuddy(widget)
        field.label.setToolTip(hint)
        if field.row.parent() is not self:
            field.row.setParent(self)
        widget.setAccessibleName(label)
        field.mark("")
        self._items.append(field)
        self._measures = None
        return field

    def sizeHint(self) -> QSize:
        return self._measured().hint

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which neither a label nor a value of ordinary length is cut off."""
        return self._measured().least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Measure and place the rows anew when one of them may need more or less room."""
        if event.type() in _RESIZING:
            self._measures = None
            if self.isVisible():
                self.updateGeometry()
                if event.type() in _PLACING:
                    self._place()
        return super().event(event)

    def _measured(self) -> _Measures:
        """Return the sizes of all rows, measured once until something changes."""
        if self._measures is None:
            self._measures = _Measures(
                [
                    (item.sizeHint(), QSize(0, 0))
                    if isinstance(item, QLabel)
                    else (item.label.sizeHint(), item.row.sizeHint())
                    for item in self._items
                ]
            )
        return self._measures

    def _place(self) -> None:
        width, y = self.width(), 0
        gap, least_gap, row_gap = scaled(_GAP), scaled(_LEAST_GAP), scaled(_ROW_GAP)
        measures = self._measured()
        common = width - measures.labels - gap
        # A value slightly too long moves every field a little, rather than one field out of line.
        nearly = (row.width() for _, row in measures.rows if row.width() <= common + gap - least_gap)
        common = max(common, *nearly, 0)
        for item, (label, row) in zip(self._items, measures.rows, strict=True):
            height = max(label.height(), row.height())
            if isinstance(item, QLabel):
                y += scaled(_SECTION_GAP) if y else 0
                item.setGeometry(0, y, width, height)
            else:
                room = max(common, min(row.width(), width - label.width() - least_gap))
                item.label.setGeometry(0, y, min(label.width(), width - room), height)
                item.row.setGeometry(width - room, y, room, height)
            y += height + row_gap
