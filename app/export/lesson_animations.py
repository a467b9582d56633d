"""The two animations of a run: its weights after ten of its epochs, and its loss up to each of them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QColor, QImage, QPalette

from app.export.animation import Animation
from app.export.background_job import BackgroundJob
from app.export.recording import Recording
from app.export.render import paint, to_frame
from app.export.steps import Steps
from app.look.theme import LIGHT, Theme
from app.panels.base import Panel
from app.panels.loss import LossPanel
from app.panels.weights import WeightsPanel
from backprop import Cursor, Snapshot

FILE_NAMES = ("weights_update.gif", "training_loss.gif")
SIZE = (800, 600)
FRAME_COUNT = 10
FRAME_MS = 500


def epochs_shown(recording: Recording) -> list[int]:
    """Return the epochs that get a frame: ten, evenly spaced from 0, or all where there are fewer."""
    done = len(recording.history.loss)
    return list(range(0, done, max(1, done // FRAME_COUNT)))[:FRAME_COUNT]


def animations(recording: Recording, theme: Theme = LIGHT) -> Steps[Sequence[Animation]]:
    """Return weights_update.gif and training_loss.gif, drawn by hidden copies of the panels on the screen."""
    weights = _figure(WeightsPanel(), "", recording, theme)
    yield
    loss = _figure(LossPanel(), QCoreApplication.translate("Animations", "Loss over epochs"), recording, theme)
    yield
    epochs, steps_per_epoch = epochs_shown(recording), recording.history.steps_per_epoch

    def compute_weights(index: int) -> Snapshot:
        return recording.snapshot_at(Cursor(epochs[index] + 1))

    def draw_weights(snapshot: Snapshot) -> Steps[QImage]:
        weights.show_snapshot(snapshot)
        return paint(weights, SIZE)

    def draw_loss(index: int) -> Steps[QImage]:
        loss.show_history(recording.history.until((epochs[index] + 1) * steps_per_epoch))
        return paint(loss, SIZE)

    count = len(epochs)
    return [
        Animation(FILE_NAMES[0], draw_weights, count, FRAME_MS, compute=compute_weights, finish=to_frame),
        Animation(FILE_NAMES[1], draw_loss, count, FRAME_MS, finish=to_frame),
    ]


class LessonJob(BackgroundJob):
    """Exports both while the window stays alive."""

    def __init__(self, recording: Recording, folder: Path, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(lambda: recording.another(), lambda own: animations(own, theme), folder, parent)


def _figure(panel: Panel, title: str, recording: Recording, theme: Theme) -> Panel:
    # Nobody sees this copy; it must be drawn all the same.
    panel.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    colours = panel.palette()
    colours.setColor(QPalette.ColorRole.Window, QColor(theme.card))
    panel.setPalette(colours)
    panel.set_theme(theme)
    panel.set_exporting(title)
    panel.resize(*SIZE)
    panel.start_run(recording.experiment, recording.dataset)
    return panel
