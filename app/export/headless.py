"""Exports without a window: Qt draws into memory."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import CommandError
from app.progress import progress_printer
from app.startup import QT_LIBRARIES, missing_libraries
from backprop import Trainer

if TYPE_CHECKING:  # Qt must not be loaded before it is told to draw into memory
    from app.export.recording import Recording
    from app.export.request import ExportRequest


@contextmanager
def folder_for(folder: Path) -> Iterator[None]:
    """Create ``folder`` if need be, and take it away again where what follows does not come to its end.

    Raises CommandError where nothing could be written into it.
    """
    new = _missing(folder)
    try:
        _create(folder)
        yield
    except BaseException:
        for one in new:
            with suppress(OSError):  # somebody has put something into it
                one.rmdir()
        raise


def _missing(folder: Path) -> list[Path]:
    """Return ``folder`` and those around it that do not exist, from the innermost."""
    return [one for one in (folder, *folder.parents) if not one.exists()]


def _create(folder: Path) -> None:
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
    check_qt()


def check_qt() -> None:
    """Raise CommandError where libraries that Qt needs are missing."""
    if sys.platform.startswith("linux") and (sentence := missing_libraries(QT_LIBRARIES)) is not None:
        raise CommandError(sentence)


def prepare_qt() -> None:
    """Make ready to draw into memory; raises CommandError where that cannot be. Before anything else loads Qt."""
    check_qt()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QLoggingCategory
    from PySide6.QtWidgets import QApplication

    from app.look.style import install
    from app.look.theme import LIGHT

    QLoggingCategory.setFilterRules("default.warning=false")  # of what the offscreen platform cannot do
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install(app, LIGHT)


def export_headless(trainer: Trainer, folder: Path) -> list[Path]:
    """Write weights_update.gif and training_loss.gif of a finished run; raises CommandError."""
    prepare_qt()
    from app.export.job import ExportError, export
    from app.export.lesson_animations import animations
    from app.export.recording import Recording
    from app.export.steps import at_once

    try:
        return export(at_once(animations(Recording.of(trainer))), folder)
    except ExportError as error:
        raise CommandError(str(error)) from error


def export_request(request: "ExportRequest", recording: "Recording") -> tuple[Path, int]:
    """Write the file of ``request``, with progress on a terminal; return its path, and how many frames it has.

    Raises CommandError.
    """
    from app.export.compose import make_animation
    from app.export.formats import Kind
    from app.export.job import ExportError, export
    from app.export.request import RequestError
    from app.export.steps import at_once

    try:
        request.check(recording)
        animation = at_once(make_animation(request, recording, request.cursors(recording)))
        show = progress_printer("frame {done} of {total}", animation.frame_count)
        (path,) = export([animation], request.target.parent, lambda done, total: show(done))
    except (RequestError, ExportError) as error:
        raise CommandError(str(error)) from error
    return path, animation.frame_count if request.format.kind is Kind.ANIMATION else 1
