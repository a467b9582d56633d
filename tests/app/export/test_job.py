"""An export runs beside the window, tells how far it is, and can be given up at any time."""

import threading
from dataclasses import replace

import imageio.v3 as iio
import numpy as np
import pytest
from PySide6.QtCore import QThread, QTimer

from app.export.animation import Animation
from app.export.encoder import FRAMES_AHEAD
from app.export.formats import FORMATS
from app.export.formats.gif import write_gif
from app.export.job import ExportError, ExportJob, export
from app.export.steps import in_one_step


class Drawing:
    """Draws white pictures with one black pixel, at the place of the index; remembers what was asked for."""

    def __init__(self, at=None, do=None):
        self.asked = []
        self.threads = set()
        self._at = at
        self._do = do

    def __call__(self, index):
        self.asked.append(index)
        self.threads.add(threading.current_thread())
        if index == self._at:
            self._do()
        frame = np.full((20, 10, 3), 255, np.uint8)
        frame.reshape(-1, 3)[index] = 0
        return frame


def animation(name="training_loss.gif", count=10, drawing=None, duration_ms=500):
    return Animation(name, in_one_step(drawing or Drawing()), count, duration_ms)


def indices(path):
    """Return which frames the file shows."""
    return [int(frame.min(axis=-1).argmin()) for frame in iio.imread(path, index=..., mode="RGB")]


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def jobs(qtbot):
    """Make jobs that remember what they announced, and leave no thread behind."""
    made = []

    def make(animations, folder):
        job = ExportJob(animations, folder)
        job.said = []
        job.finished.connect(lambda paths: job.said.append(("finished", paths)))
        job.failed.connect(lambda sentence: job.said.append(("failed", sentence)))
        job.cancelled.connect(lambda: job.said.append(("cancelled", None)))
        made.append(job)
        return job

    yield make
    for job in made:
        assert job.stop(), "the encoder does not end"
    assert not [each for each in threading.enumerate() if each.name == "export-encoder"]


def run(qtbot, job):
    """Run ``job`` to its end and return what it announced: one thing, and when all is still."""
    job.start()
    qtbot.waitUntil(lambda: bool(job.said))
    assert not job.is_running
    assert len(job.said) == 1
    return job.said[0]


def test_both_files_hold_their_frames_in_order(qtbot, jobs, tmp_path):
    both = [animation("weights_update.gif", 10), animation("training_loss.gif", 40)]
    assert run(qtbot, jobs(both, tmp_path)) == (
        "finished",
        [tmp_path / "weights_update.gif", tmp_path / "training_loss.gif"],
    )
    assert names(tmp_path) == ["training_loss.gif", "weights_update.gif"]
    assert indices(tmp_path / "weights_update.gif") == list(range(10))
    assert indices(tmp_path / "training_loss.gif") == list(range(40))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 11])
def test_every_frame_is_drawn_once_on_the_thread_of_the_panels(qtbot, jobs, tmp_path, count):
    drawing = Drawing()
    run(qtbot, jobs([animation(count=count, drawing=drawing)], tmp_path))
    assert sorted(drawing.asked) == list(range(count))
    assert drawing.threads == {threading.current_thread()}
    assert indices(tmp_path / "training_loss.gif") == list(range(count))


def test_progress_only_rises_and_ends_with_all_frames(qtbot, jobs, tmp_path):
    steps = []
    job = jobs([animation("a.gif", 7), animation("b.gif", 5)], tmp_path)
    job.progress.connect(lambda done, total: steps.append((done, total)))
    job.finished.connect(lambda: steps.append("finished"))
    run(qtbot, job)
    assert steps.pop() == "finished"
    assert steps == sorted(set(steps))
    assert steps[-1] == (12, 12)
    assert {total for _, total in steps} == {12}


def test_the_event_loop_turns_between_any_two_frames(qtbot, jobs, tmp_path):
    beats = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(len(drawing.asked)))
    drawing = Drawing()
    heart.start(0)
    run(qtbot, jobs([animation(count=30, drawing=drawing)], tmp_path))
    heart.stop()
    assert set(range(1, 31)) <= set(beats)


def test_a_slow_encoder_neither_blocks_the_window_nor_fills_memory(qtbot, jobs, tmp_path, monkeypatch):
    may_go_on = threading.Event()

    def slow(frames, samples, timing, file):
        may_go_on.wait()
        write_gif(frames, samples, timing, file)

    monkeypatch.setitem(FORMATS, "gif", replace(FORMATS["gif"], write=slow))
    drawing = Drawing()
    job = jobs([animation(count=100, drawing=drawing)], tmp_path)
    job.start()
    qtbot.waitUntil(lambda: len(drawing.asked) >= FRAMES_AHEAD)
    beats = []
    heart = QTimer()
    heart.timeout.connect(lambda: beats.append(None))
    heart.start(0)
    qtbot.waitUntil(lambda: len(beats) > 500)
    assert len(drawing.asked) <= 3 + FRAMES_AHEAD + 1
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(job.said))
    assert job.said[0][0] == "finished"
    assert indices(tmp_path / "training_loss.gif") == list(range(100))


@pytest.mark.parametrize("at", [0, 1, 9, 25, 49])
def test_a_cancelled_export_leaves_the_folder_as_it_was(qtbot, jobs, tmp_path, at):
    (tmp_path / "b.gif").write_bytes(b"older")
    drawing = Drawing(at, lambda: QTimer.singleShot(0, job.cancel))
    job = jobs([animation("a.gif", 5), animation("b.gif", 50, drawing)], tmp_path)
    assert run(qtbot, job) == ("cancelled", None)
    assert names(tmp_path) == ["b.gif"]
    assert (tmp_path / "b.gif").read_bytes() == b"older"


def test_cancelled_before_the_first_frame(qtbot, jobs, tmp_path):
    drawing = Drawing()
    job = jobs([animation(drawing=drawing)], tmp_path)
    job.start()
    job.cancel()
    job.cancel()
    qtbot.waitUntil(lambda: bool(job.said))
    assert job.said == [("cancelled", None)]
    assert drawing.asked == []
    assert names(tmp_path) == []


def test_cancelling_an_export_that_has_ended_changes_nothing(qtbot, jobs, tmp_path):
    job = jobs([animation()], tmp_path)
    run(qtbot, job)
    job.cancel()
    assert job.stop()
    assert [kind for kind, _ in job.said] == ["finished"]
    assert names(tmp_path) == ["training_loss.gif"]


@pytest.mark.parametrize("at", [0, 3, 99])
def test_stop_waits_until_nothing_runs(qtbot, jobs, tmp_path, at):
    reached = []
    job = jobs([animation(count=100, drawing=Drawing(at, lambda: reached.append(at)))], tmp_path)
    job.start()
    qtbot.waitUntil(lambda: bool(reached))
    assert job.stop()
    assert not job.is_running
    assert [kind for kind, _ in job.said] in (["cancelled"], ["finished"])
    assert names(tmp_path) == ([] if job.said[0][0] == "cancelled" else ["training_loss.gif"])


def test_stop_gives_up_waiting_for_an_encoder_that_hangs(qtbot, jobs, tmp_path, monkeypatch):
    hangs, may_go_on = threading.Event(), threading.Event()

    def hanging(frames, samples, timing, file):
        hangs.set()
        may_go_on.wait()
        write_gif(frames, samples, timing, file)

    monkeypatch.setitem(FORMATS, "gif", replace(FORMATS["gif"], write=hanging))
    job = jobs([animation()], tmp_path)
    job.start()
    qtbot.waitUntil(hangs.is_set)
    assert not job.stop(timeout=0.01)
    assert job.said == []
    may_go_on.set()
    qtbot.waitUntil(lambda: bool(job.said))
    assert job.said == [("cancelled", None)]
    assert names(tmp_path) == []


def test_a_job_that_was_never_started_has_nothing_to_stop(jobs, tmp_path):
    job = jobs([animation()], tmp_path)
    job.cancel()
    assert job.stop()
    assert job.said == []


def break_down():
    raise RuntimeError("a panel broke")


def test_a_frame_that_cannot_be_drawn_fails_the_export_with_a_sentence(qtbot, jobs, tmp_path, caplog):
    (tmp_path / "training_loss.gif").write_bytes(b"older")
    job = jobs([animation(count=30, drawing=Drawing(20, break_down))], tmp_path)
    kind, sentence = run(qtbot, job)
    assert kind == "failed"
    assert "could not be drawn (frame 20 of training_loss.gif)" in sentence
    assert "a panel broke" in caplog.text
    assert (tmp_path / "training_loss.gif").read_bytes() == b"older"
    assert names(tmp_path) == ["training_loss.gif"]


def test_a_file_as_folder_fails_before_much_is_drawn(qtbot, jobs, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    drawing = Drawing()
    job = jobs([animation(count=200, drawing=drawing)], tmp_path / "notes.txt")
    kind, sentence = run(qtbot, job)
    assert kind == "failed"
    assert "is not a folder" in sentence
    assert len(drawing.asked) < 200
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_without_a_window_the_same_files_are_written(qtbot, jobs, tmp_path):
    beside, alone = tmp_path / "beside", tmp_path / "alone"
    beside.mkdir()
    alone.mkdir()
    run(qtbot, jobs([animation("a.gif"), animation("b.gif", 33)], beside))
    steps = []
    paths = export(
        [animation("a.gif"), animation("b.gif", 33)],
        alone,
        lambda done, total: steps.append((done, total)),
    )
    assert paths == [alone / "a.gif", alone / "b.gif"]
    assert [path.read_bytes() for path in paths] == [(beside / path.name).read_bytes() for path in paths]
    assert steps == [(done, 43) for done in range(1, 44)]


def test_without_a_window_an_error_is_a_sentence_too(tmp_path):
    with pytest.raises(ExportError, match=r"could not be drawn \(frame 3 of training_loss.gif\)"):
        export([animation(drawing=Drawing(3, break_down))], tmp_path)
    assert names(tmp_path) == []


def test_an_interrupted_export_leaves_nothing(tmp_path):
    def interrupt():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export([animation(drawing=Drawing(7, interrupt))], tmp_path)
    assert names(tmp_path) == []


def test_jobs_may_follow_one_another(qtbot, jobs, tmp_path):
    for count in (3, 12, 5):
        run(qtbot, jobs([animation(count=count)], tmp_path))
        assert indices(tmp_path / "training_loss.gif") == list(range(count))
    assert names(tmp_path) == ["training_loss.gif"]


def test_a_job_lives_on_the_thread_that_made_it(jobs, tmp_path):
    assert jobs([animation()], tmp_path).thread() is QThread.currentThread()


@pytest.mark.parametrize(
    ("name", "count", "reason"),
    [
        ("loss.bmp2", 1, "no such format"),
        ("loss", 1, "no such format"),
        ("../loss.gif", 1, "not a file name"),
        ("", 1, "no such format"),
        ("loss.gif", 0, "at least one frame"),
    ],
)
def test_impossible_animations_are_refused(name, count, reason):
    with pytest.raises(ValueError, match=reason):
        Animation(name, in_one_step(Drawing()), count, 500)
