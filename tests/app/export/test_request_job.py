"""An export beside a run that goes on: from the moments it had when it was asked for, with nothing left behind."""

import csv
import gc

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from app.export.moments import Every, Moments, Spread
from app.export.recording import Recording
from app.export.remaining import Remaining
from app.export.request import COMPOSED, ExportRequest
from app.export.request_job import RequestJob
from app.run.controller import Controller
from backprop import LESSONS


@pytest.fixture
def controller(qtbot):
    """Return a controller with a run that goes on for longer than any test."""
    controller = Controller()
    with qtbot.waitSignal(controller.run_started, timeout=20_000):
        controller.start_run(LESSONS["xor"].experiment.replace(epochs=1_000_000))
    controller.play()
    qtbot.waitUntil(lambda: controller.reached.snapshot.epochs_done > 300, timeout=20_000)
    yield controller
    controller.stop()


def run(qtbot, request, recording):
    job, ends, steps = RequestJob(request, recording), [], []
    job.finished.connect(ends.append)
    job.failed.connect(ends.append)
    job.progress.connect(lambda *step: steps.append(step))
    job.start()
    qtbot.waitUntil(lambda: bool(ends), timeout=30_000)
    assert ends == [[request.target]]
    return steps


def test_a_run_is_exported_while_it_goes_on(qtbot, controller, tmp_path):
    recording = Recording.of_run(controller.run, controller.reached)
    epochs = recording.reached.epoch
    run(qtbot, ExportRequest(tmp_path / "a.csv", moments=Moments(Every(1))), recording)
    steps = run(qtbot, ExportRequest(tmp_path / "a.gif", COMPOSED, Moments(Spread(12)), (320, 240)), recording)
    assert controller.playing
    qtbot.waitUntil(lambda: controller.reached.snapshot.cursor.epoch > epochs)
    assert steps[-1][:2] == (12, 12)
    with Image.open(tmp_path / "a.gif") as file:
        assert file.n_frames == 12
    with (tmp_path / "a.csv").open(newline="") as file:
        losses = [float(row["loss"]) for row in csv.DictReader(file)]
    assert len(losses) == len(recording.history.loss) >= epochs
    np.testing.assert_array_equal(losses, recording.history.loss)


def test_no_hidden_figure_is_left(qtbot, controller, tmp_path):
    recording = Recording.of_run(controller.run, controller.reached)
    gc.collect()
    before = set(QApplication.topLevelWidgets())
    run(qtbot, ExportRequest(tmp_path / "a.png", COMPOSED), recording)
    gc.collect()
    assert set(QApplication.topLevelWidgets()) <= before


def test_what_remains_is_judged_by_what_was_done():
    now = [100.0]
    remaining = Remaining(lambda: now[0])
    assert remaining.seconds(0, 50) is None
    now[0] += 0.2
    assert remaining.seconds(2, 50) is None, "too early to tell"
    now[0] += 1.8
    assert remaining.seconds(10, 50) == pytest.approx(8.0)
    now[0] += 8.0
    assert remaining.seconds(50, 50) == 0
