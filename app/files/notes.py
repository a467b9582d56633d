"""The notes that a person attaches to a run, in a small window beside the main one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.widgets.dialog_size import roomy
from backprop.session import MAX_NOTES


class NotesDialog(QDialog):
    """Shows notes, and tells every change at once; there is nothing to confirm."""

    edited = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Notes on this run"))
        self.resize(roomy(self, 460, 320))
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("Notes"))
        self._text.setPlaceholderText(self.tr("What did you try, and what did you see?"))
        self._text.setToolTip(
            self.tr("Write down what you expected of this run and what came of it; that is how one learns from it.")
        )
        self._hint = QLabel(self.tr("The notes are saved with the run, in its .backprop file."))
        self._hint.setProperty("role", "soft")
        self._hint.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._text, 1)
        column.addWidget(self._hint)
        column.addWidget(buttons)
        self._text.textChanged.connect(self._tell)

    def text(self) -> str:
        """Return the notes as they stand."""
        return self._text.toPlainText()

    def show_notes(self, notes: str) -> None:
        """Show ``notes``; nothing is announced."""
        if notes != self.text():
            blocked = self._text.blockSignals(True)
            self._text.setPlainText(notes)
            self._text.blockSignals(blocked)

    def present(self) -> None:
        """Come to the front, ready to write."""
        self.show()
        self.raise_()
        self.activateWindow()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        notes = self.text()
        if len(notes) > MAX_NOTES:
            blocked = self._text.blockSignals(True)
            self._text.setPlainText(notes[:MAX_NOTES])
            self._text.moveCursor(self._text.textCursor().MoveOperation.End)
            self._text.blockSignals(blocked)
            self._hint.setText(
                self.tr("These notes are as long as notes can be; {most} characters fit.").format(most=f"{MAX_NOTES:,}")
            )
        self.edited.emit(self.text())
