"""CrashDialog: one calm sentence, a report to copy, and the choice to go on or to quit."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.widgets.dialog_size import roomy


class CrashDialog(QDialog):
    """Tells that something went wrong; ``saved`` is whether the run is in a file now."""

    quit_requested = Signal()

    def __init__(self, report: str, saved: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        title = QLabel(self.tr("Something went wrong that should not have."))
        title.setProperty("role", "title")
        self.sentence = QLabel(
            self.tr("Your run is saved, and you can go on; if anything looks odd, quit and start again.")
            if saved
            else self.tr("You can go on; if anything looks odd, save what you need, quit and start again.")
        )
        self.sentence.setWordWrap(True)
        what = QLabel(
            self.tr("This report says what happened. It does not name your home folder, and is sent nowhere by itself.")
        )
        what.setProperty("role", "soft")
        what.setWordWrap(True)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setAccessibleName(self.tr("Report"))
        self.report.setToolTip(self.tr("Versions, where it happened, and the last lines of the log file."))
        self.copy_button = QPushButton(self.tr("Copy report"))
        self.copy_button.setToolTip(self.tr("Copy the report, to put it into a message to the makers of Backscope."))
        self.copy_button.clicked.connect(self._copy)
        self.quit_button = QPushButton(self.tr("Quit"))
        self.quit_button.setToolTip(self.tr("Close Backscope."))
        self.quit_button.clicked.connect(self._quit)
        self.continue_button = QPushButton(self.tr("Continue"))
        self.continue_button.setProperty("primary", True)
        self.continue_button.setToolTip(self.tr("Close this message and go on."))
        self.continue_button.setDefault(True)
        self.continue_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(self.quit_button)
        foot.addWidget(self.continue_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for part in (title, self.sentence, what):
            column.addWidget(part)
        column.addWidget(self.report, 1)
        column.addLayout(foot)
        self.continue_button.setFocus()
        self.resize(self.sizeHint())  # Qt would keep it to two thirds of the screen

    def sizeHint(self) -> QSize:
        return roomy(self, 640, 420)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy_button.setText(self.tr("Copied"))

    def _quit(self) -> None:
        self.accept()
        self.quit_requested.emit()
