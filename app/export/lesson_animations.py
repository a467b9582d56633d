"""The two animations of a run: its weights after ten of its epochs, and its loss up to each of them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPalette

from app.export.animation import Animation
from app.export.frame import Frame
from app.export.recording import Recording
from app.export.render import render
from app.look.theme import LIGHT, Theme
from app.panels.base import Panel
from app.panels.loss import LossPanel
from app.panels.weights import WeightsPanel
from backprop import Cursor, Snapshot

SIZE = (800, 600)
FRAME_COUNT = 10
FRAME_MS = 500


def epochs_shown(recording: Recording) -> list[int]:
    """Return the epochs that get a frame: ten, evenly spaced from 0, or all where there are fewer."""
    done = len(recording.history.loss)
    return list(range(0, done, max(1, done // FRAME_COUNT)))[:FRAME_COUNT]


def snapshots(recording: Recording, go_on: Callable[[], bool] = lambda: True) -> list[Snapshot]:
    """Return the snapshots to be drawn; fewer if ``go_on`` says no. May take seconds for a long run."""
    moments: list[Snapshot] = []
    for epoch in epochs_shown(recording):
        if not go_on():
            break
        moments.append(recording.snapshot_at(Cursor(epoch + 1)))
    return moments


def animations(recording: Recording, moments: Sequence[Snapshot], theme: Theme = LIGHT) -> list[Animation]:
    """Return weights_update.gif and training_loss.gif, drawn by hidden copies of the panels on the screen."""
    weights = _figure(WeightsPanel(), "", recording, theme)
    title = QCoreApplication.translate("Animations", "Loss over epochs")
    loss = _figure(LossPanel(), title, recording, theme)
    return [
        Animation("weights_update.gif", partial(_draw_weights, weights, moments), len(moments), FRAME_MS),
        Animation("training_loss.gif", partial(_draw_loss, loss, recording), len(moments), FRAME_MS),
    ]


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


def _draw_weights(panel: Panel, moments: Sequence[Snapshot], index: int) -> Frame:
    panel.show_snapshot(moments[index])
    return render(panel, SIZE)


def _draw_loss(panel: Panel, recording: Recording, index: int) -> Frame:
    steps = (epochs_shown(recording)[index] + 1) * recording.history.steps_per_epoch
    panel.show_history(recording.history.until(steps))
    return render(panel, SIZE)
