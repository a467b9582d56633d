"""About: what this program is, with which versions it runs, its licence, and where its parts come from."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.look.fonts import scaled
from app.versions import SYSTEM, versions, versions_text
from app.widgets.dialog_size import polish, within_screen
from app.window.masthead import Masthead

_WIDTH = 548
_NAMES = 76


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
        self._grids: list[QGridLayout] = []
        self._area = self._scrolled()
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(14)
        column.addWidget(Masthead())
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        polish(self)
        self._fit()
        close.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        """Be as large as the text asks for, with what is said of all names in one line."""
        for grid in self._grids:
            grid.setColumnMinimumWidth(0, scaled(_NAMES))
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        width = scaled(_WIDTH)
        needed = self._facts.totalHeightForWidth(width - margins.left() - margins.right())
        around = layout.minimumSize().height() - self._area.minimumSizeHint().height()
        self.setFixedSize(within_screen(self, QSize(width, around + needed)))

    def _scrolled(self) -> QScrollArea:
        """Return versions and origins: large text leaves no room for all of them on a small screen."""
        facts = QWidget()
        column = self._facts = QVBoxLayout(facts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._versions())
        column.addLayout(self._origins())
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(self.tr("Versions, licence and origins"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(facts)
        return area

    def _versions(self) -> QWidget:
        tile = QFrame()
        tile.setProperty("role", "tile")
        labels = {SYSTEM: self.tr("System")}
        grid = self._grid((labels.get(name, name), version) for name, version in versions().items())
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setVerticalSpacing(4)
        tile.setLayout(grid)
        return tile

    def _origins(self) -> QGridLayout:
        grid = self._grid(
            (
                (self.tr("Licence"), self.tr("MIT: use it, change it, pass it on, and keep the notice.")),
                (
                    self.tr("Data"),
                    self.tr(
                        "The MNIST database of handwritten digits by Yann LeCun, Corinna Cortes and "
                        "Christopher J.C. Burges, in the arrays that Keras distributes."
                    ),
                ),
                (self.tr("Typeface"), self.tr("Inter by The Inter Project Authors, SIL Open Font License\u00a01.1.")),
            )
        )
        grid.setContentsMargins(16, 0, 16, 0)  # as in the tile above, whose border is 2 pixels wide
        grid.setVerticalSpacing(6)
        return grid

    def _grid(self, rows: Iterable[tuple[str, str]]) -> QGridLayout:
        """Return names at the left and what is said of them at the right, to be selected and copied."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(rows):
            label, value = QLabel(name), QLabel(text)
            label.setProperty("role", "soft")
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        self._grids.append(grid)
        return grid

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(versions_text())
        self.copy_button.setText(self.tr("Copied"))
