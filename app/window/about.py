"""About: what this program is, with which versions it runs, its licence, and where its parts come from."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.look.icons import icon_pixmap
from app.look.theme import scaled
from app.versions import versions, versions_text

_SIGN = 56


class AboutDialog(QDialog):
    """Stands beside the window and blocks nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Backscope"))
        self.copy_button = QPushButton(self.tr("Copy versions"))
        self.copy_button.setToolTip(self.tr("Copy the versions, to put them into a message or a report."))
        self.copy_button.clicked.connect(self._copy)
        close = QPushButton(self.tr("Close"))
        close.setToolTip(self.tr("Close this window (Escape)."))
        close.setDefault(True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(14)
        column.addLayout(self._head())
        column.addWidget(self._versions())
        column.addLayout(self._origins())
        column.addStretch(1)
        column.addLayout(foot)
        self.setFixedWidth(scaled(520))
        close.setFocus()

    def _head(self) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(icon_pixmap("backscope", "black", _SIGN, self.devicePixelRatioF()))
        name = QLabel("Backscope")
        name.setProperty("role", "number")
        what = QLabel(self.tr("Backpropagation under the microscope"))
        what.setProperty("role", "soft")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(what)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(sign)
        row.addLayout(words, 1)
        return row

    def _versions(self) -> QWidget:
        tile = QFrame()
        tile.setProperty("role", "tile")
        grid = QGridLayout(tile)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, version) in enumerate(versions().items()):
            label, value = QLabel(name), QLabel(version)
            label.setProperty("role", "soft")
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        return tile

    def _origins(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(16, 0, 16, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(
            (
                (self.tr("Licence"), self.tr("MIT: use it, change it, pass it on, and keep the notice.")),
                (
                    self.tr("Data"),
                    self.tr(
                        "The MNIST database of handwritten digits by Yann LeCun, Corinna Cortes and "
                        "Christopher J.C. Burges, in the arrays that Keras distributes."
                    ),
                ),
                (self.tr("Typeface"), self.tr("Inter by The Inter Project Authors, SIL Open Font License 1.1.")),
            )
        ):
            label, value = QLabel(name), QLabel(text)
            label.setProperty("role", "soft")
            value.setWordWrap(True)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        return grid

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(versions_text())
        self.copy_button.setText(self.tr("Copied"))
