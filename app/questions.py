"""Questions that a person must answer before something is lost."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from app.moment import Moment


def discard_run(parent: QWidget, moment: Moment) -> bool:
    """Ask whether the run at ``moment`` may be discarded; return the answer."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(QCoreApplication.translate("Questions", "Begin a new run?"))
    box.setText(
        QCoreApplication.translate(
            "Questions", "This begins a new run. The present one, at epoch {epoch}, will be discarded."
        ).format(epoch=f"{moment.snapshot.cursor.epoch:,}")
    )
    begin = box.addButton(QCoreApplication.translate("Questions", "Begin a new run"), QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(QCoreApplication.translate("Questions", "Keep this run"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    answer = box.clickedButton() is begin
    box.deleteLater()
    return answer
