"""TargetField: the format of the file, and where it goes; each follows the other."""

from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.export.formats import FORMATS
from app.look.fonts import scaled
from app.panels.experiment.fields import Choice
from app.settings import Settings
from app.wording import Term


class TargetField(QWidget):
    """The path of the file. A name without a folder goes where the last export went."""

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._typed = False
        #: Stands in a row of its own.
        self.format = Choice()
        for name, entry in FORMATS.items():
            missing = entry.unavailable()
            label = f"{entry.title()} (.{name})"
            if missing is not None:
                label = self.tr("{format}, not installed").format(format=label)
            self.format.offer(name, Term(label, missing or ""))
        self.path = QLineEdit()
        self.browse = QPushButton(self.tr("Choose …"))
        self.browse.setToolTip(self.tr("Choose a folder and a name."))
        self.note = QLabel()
        self.note.setProperty("role", "caption")
        self.note.setWordWrap(True)
        self.note.hide()
        line = QHBoxLayout()
        line.setSpacing(scaled(6))
        line.addWidget(self.path, 1)
        line.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(2))
        column.addLayout(line)
        column.addWidget(self.note)
        self.path.textEdited.connect(self._type)
        self.path.textChanged.connect(self._show_note)
        self.browse.clicked.connect(self._browse)
        self.format.chosen.connect(self._follow_format)

    def target(self) -> Path:
        """Return the path of the file, or the folder alone where no name is given."""
        return self._folder() / Path(self.path.text().strip()).expanduser()

    def propose(self, name: str) -> None:
        """Propose a name without suffix, until a person has given another one."""
        if not self._typed:
            self._show(self._folder() / f"{name}.{self.format.key()}")

    def _folder(self) -> Path:
        places = [
            self._settings.text("export_folder", ""),
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation),
            QDir.homePath(),
        ]
        return Path(next(place for place in places if place and QDir(place).exists()))

    def _show(self, path: Path) -> None:
        self.path.setText(str(path))
        self.path.setCursorPosition(len(self.path.text()))  # the name is at the end

    def _show_note(self) -> None:
        self.path.setToolTip(
            self.tr("Where the file goes; its ending names the format. Now: {path}").format(path=self.target())
        )
        replaces = self.target().is_file()
        self.note.setText(self.tr("This file exists; it will be replaced when the new one is complete."))
        self.note.setVisible(replaces)

    def _type(self) -> None:
        self._typed = True
        self.format.set_key(self.target().suffix.removeprefix(".").lower())
        self.changed.emit()

    def _follow_format(self) -> None:
        target = self.target()
        name = target.stem if target.suffix.removeprefix(".").lower() in FORMATS else target.name
        self._show(target.with_name(f"{name}.{self.format.key()}"))
        self.changed.emit()

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export as"), str(self.target()))
        if chosen:
            path = Path(chosen)
            self._typed = True
            self._show(path if path.suffix else path.with_name(f"{path.name}.{self.format.key()}"))
            self.format.set_key(path.suffix.removeprefix(".").lower())
            self.changed.emit()
