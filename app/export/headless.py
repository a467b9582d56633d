"""The two animations of a run without a window: Qt draws into memory."""

import os
import sys
from pathlib import Path

from app.errors import CommandError
from app.startup import QT_LIBRARIES, missing_libraries
from backprop import Trainer


def check_folder(folder: Path) -> None:
    """Create ``folder`` if need be and find out whether it can be written into; raises CommandError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise CommandError(f"{folder} is a file: choose a folder for the animations.") from None
    except OSError as error:
        raise CommandError(
            f"the folder {folder} cannot be created ({error.strerror}): choose a folder of your own."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CommandError(f"nothing can be written into {folder}: choose a folder of your own.")
    if sys.platform.startswith("linux") and (sentence := missing_libraries(QT_LIBRARIES)) is not None:
        raise CommandError(sentence)


def export_headless(trainer: Trainer, folder: Path) -> list[Path]:
    """Write weights_update.gif and training_loss.gif of a finished run; raises CommandError."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from app.export.job import ExportError, export
    from app.export.lesson_animations import animations, snapshots
    from app.export.recording import Recording
    from app.theme import LIGHT, install

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install(app, LIGHT)
    recording = Recording.of(trainer)
    try:
        return export(animations(recording, snapshots(recording)), folder)
    except ExportError as error:
        raise CommandError(str(error)) from error
