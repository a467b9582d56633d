"""Questions that a person must answer before something is lost."""

from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from app.run.moment import Moment


class _Question(QMessageBox):
    """A message box without a picture, and never narrower than its buttons: where text is large, Qt cuts them off."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.NoIcon)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):  # when Qt decides on the size
            self._make_room()
        return done

    def _make_room(self) -> None:
        layout = self.layout()
        needed = 0 if layout is None else layout.minimumSize().width()
        missing = needed - self.width()
        if layout is not None and missing > 0:
            self.move(self.x() - missing // 2, self.y())
            self.setFixedSize(needed, layout.totalHeightForWidth(needed))


class Later(Enum):
    """What is to become of the part of a run after the moment from which it goes on."""

    DISCARD = "discard"
    KEEP = "keep"


def continue_from(parent: QWidget, moment: Moment, reached: Moment) -> Later | None:
    """Ask what becomes of the part of a run after ``moment``; None is for leaving everything as it is."""
    box = _Question(parent)
    box.setWindowTitle(QCoreApplication.translate("Questions", "Continue from here?"))
    box.setText(
        QCoreApplication.translate(
            "Questions",
            "The run goes on from epoch {epoch}, batch {batch}, with the learning rate of that moment. It had come to "
            "epoch {last}: that part can be kept, to be compared, or discarded.",
        ).format(
            epoch=f"{moment.snapshot.cursor.epoch:,}",
            batch=f"{moment.snapshot.cursor.batch:,}",
            last=f"{reached.snapshot.cursor.epoch:,}",
        )
    )
    keep = box.addButton(
        QCoreApplication.translate("Questions", "Keep and continue"), QMessageBox.ButtonRole.AcceptRole
    )
    discard = box.addButton(
        QCoreApplication.translate("Questions", "Discard and continue"), QMessageBox.ButtonRole.DestructiveRole
    )
    cancel = box.addButton(
        QCoreApplication.translate("Questions", "Stay in the past"), QMessageBox.ButtonRole.RejectRole
    )
    box.setDefaultButton(keep)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    if clicked is keep:
        return Later.KEEP
    return Later.DISCARD if clicked is discard else None


class Fate(Enum):
    """What is to become of a run before another begins."""

    DISCARD = "discard"
    SAVE = "save"
    KEEP = "keep"


def discard_run(parent: QWidget, moment: Moment, *, opening: bool = False) -> Fate:
    """Ask whether the run at ``moment`` may be discarded, or is to be saved first, or kept where it is.

    Another one is begun in its place or, with ``opening``, opened.
    """
    if opening:
        title = QCoreApplication.translate("Questions", "Open another run?")
        text = QCoreApplication.translate(
            "Questions", "This opens another run. The present one, at epoch {epoch}, will be discarded."
        )
        labels = (
            QCoreApplication.translate("Questions", "Open the other run"),
            QCoreApplication.translate("Questions", "Save, then open"),
        )
    else:
        title = QCoreApplication.translate("Questions", "Begin a new run?")
        text = QCoreApplication.translate(
            "Questions", "This begins a new run. The present one, at epoch {epoch}, will be discarded."
        )
        labels = (
            QCoreApplication.translate("Questions", "Begin a new run"),
            QCoreApplication.translate("Questions", "Save, then begin"),
        )
    box = _Question(parent)
    box.setWindowTitle(title)
    box.setText(text.format(epoch=f"{moment.snapshot.cursor.epoch:,}"))
    begin = box.addButton(labels[0], QMessageBox.ButtonRole.AcceptRole)
    save = box.addButton(labels[1], QMessageBox.ButtonRole.ActionRole)
    keep = box.addButton(QCoreApplication.translate("Questions", "Keep this run"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    if clicked is save:
        return Fate.SAVE
    return Fate.DISCARD if clicked is begin else Fate.KEEP
