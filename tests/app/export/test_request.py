"""A request becomes the file it describes, or a sentence that says what to mend."""

import csv
from dataclasses import replace
from itertools import combinations, pairwise

import imageio.v3 as iio
import numpy as np
import pytest
from PySide6.QtCore import QRect

from app.export.figure import places
from app.export.moments import Every, Moments, Spread
from app.export.recording import Recording
from app.export.rehearsal import Rehearsal
from app.export.request import COMPOSED, ExportRequest, RequestError
from app.export.request_job import RequestJob
from app.run.pace import Unit
from backprop import LESSONS, Cursor, Trainer

SIZES_OF_ONE_SHAPE = (("small", (1280, 720)), ("large", (1920, 1080)))


@pytest.fixture(scope="module")
def trainer():
    trainer = Trainer(LESSONS["xor"].experiment.replace(epochs=300))
    trainer.run()
    return trainer


@pytest.fixture
def recording(trainer):
    return Recording.of(trainer)


def run(qtbot, request, recording):
    """Export ``request`` and return how that ended."""
    job = RequestJob(request, recording)
    said = []
    job.finished.connect(lambda paths: said.append(paths))
    job.failed.connect(lambda sentence: said.append(sentence))
    job.cancelled.connect(lambda: said.append(None))
    job.start()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert len(said) == 1
    assert not job.is_running
    return said[0]


def test_a_composed_gif_has_a_frame_for_every_moment_chosen(qtbot, recording, tmp_path):
    request = ExportRequest(
        tmp_path / "run.gif", COMPOSED, Moments(Every(50)), (320, 240), frame_ms=200, hold_ms=800, theme="dark"
    )
    assert run(qtbot, request, recording) == [tmp_path / "run.gif"]
    assert iio.immeta(tmp_path / "run.gif")["loop"] == 0
    frames = iio.imread(tmp_path / "run.gif", index=...)
    assert frames.shape == (6, 240, 320, 3)
    assert np.abs(frames[0, 0, 0].astype(int) - (0x1C, 0x22, 0x2B)).max() <= 3
    assert all((first != second).any() for first, second in pairwise(frames))


@pytest.mark.parametrize(
    ("spacing", "first", "last", "expected"),
    [
        (Every(100), None, None, [(0, 0, 6), (100, 0, 6), (200, 0, 6)]),
        (Every(100), Cursor(50), None, [(50, 0, 6), (150, 0, 6), (250, 0, 6)]),
        (Every(2, Unit.PHASE), Cursor(4), Cursor(5), [(4, 0, 1), (4, 0, 3), (4, 0, 5)]),
        (Every(100, Unit.BATCH), None, Cursor(100, 0, 3), [(0, 0, 6)]),
        (Spread(3), None, None, [(0, 0, 0), (149, 0, 6), (299, 0, 6)]),
        (Spread(1), Cursor(9), Cursor(10), [(9, 0, 6)]),
        (Spread(100), Cursor(0), Cursor(0, 0, 2), [(0, 0, 0), (0, 0, 1), (0, 0, 2)]),
    ],
)
def test_moments(recording, spacing, first, last, expected):
    cursors = Moments(spacing, first, last).cursors(recording)
    assert [(cursor.epoch, cursor.batch, cursor.phase) for cursor in cursors] == expected


def test_even_change_makes_the_steps_between_frames_equally_long(recording):
    def steps(spacing):
        moments = [recording.snapshot_at(cursor) for cursor in Moments(spacing).cursors(recording)]
        vectors = [np.concatenate([value.ravel() for value in moment.parameters.values()]) for moment in moments]
        return np.linalg.norm(np.diff(vectors, axis=0), axis=1)

    even, in_time = steps(Spread(12, even_change=True)), steps(Spread(12))
    assert len(even) == len(in_time) == 11
    assert even.max() < 2 * even.min()
    assert in_time.max() > 5 * in_time.min()


def test_the_metrics_come_as_a_table(qtbot, recording, tmp_path):
    run(qtbot, ExportRequest(tmp_path / "epochs.csv", moments=Moments(Every(1))), recording)
    with (tmp_path / "epochs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["epoch"]) for row in rows] == list(range(300))
    np.testing.assert_array_equal([float(row["loss"]) for row in rows], recording.history.loss)


def test_a_picture_shows_the_last_moment_of_the_range(qtbot, recording, tmp_path):
    end = Moments(Every(1), last=Cursor(40))
    run(qtbot, ExportRequest(tmp_path / "loss.png", ("loss",), end, caption="Loss so far"), recording)
    run(qtbot, ExportRequest(tmp_path / "all.png", ("loss",)), recording)
    early, late = iio.imread(tmp_path / "loss.png"), iio.imread(tmp_path / "all.png")
    assert early.shape == late.shape == (600, 800, 3)
    assert (early != late).any()


def test_in_a_large_picture_letters_are_larger_too(qtbot, recording, tmp_path):
    sizes = {name: ExportRequest(tmp_path / f"{name}.png", ("loss",), size=size) for name, size in SIZES_OF_ONE_SHAPE}
    for request in sizes.values():
        run(qtbot, request, recording)
    small, large = (iio.imread(request.target) for request in sizes.values())
    assert large.shape == (1080, 1920, 3)
    # The same picture, but for how finely it is drawn.
    reduced = large.reshape(360, 3, 640, 3, 3).mean(axis=(1, 3))
    assert np.abs(reduced - small.reshape(360, 2, 640, 2, 3).mean(axis=(1, 3))).mean() < 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"views": ()}, "views", "choose at least one"),
        ({"views": ("weight",)}, "views", "no view named weight; choose from network"),
        ({"views": ("accuracy",)}, "views", "nothing to show of this run"),
        ({"views": ("loss", "loss")}, "views", "chosen twice"),
        ({"size": (100, 600)}, "size", "100 x 600 can be made; choose sides of 160 to 4320"),
        ({"frame_ms": 0}, "frame_ms", "cannot last 0 ms"),
        ({"hold_ms": -1}, "hold_ms", "cannot stay -1 ms longer"),
        ({"theme": "pink"}, "theme", "no theme named pink; choose light, dark"),
        ({"colours": "jet"}, "colours", "choose auto, viridis, diverging"),
        ({"moments": Moments(Every(0))}, "moments", "and at least one"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(recording, tmp_path, changes, field, sentence):
    with pytest.raises(RequestError, match=sentence) as refused:
        replace(ExportRequest(tmp_path / "a.gif"), **changes).check(recording)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.bmp", r"a.bmp does not end like a file that can be exported; end it with one of these: .gif"),
        ("missing/a.gif", "missing does not exist; create it"),
        ("folder.gif", "folder.gif is a folder; give the name of a file"),
    ],
)
def test_a_target_that_cannot_be_is_refused(qtbot, recording, tmp_path, name, sentence):
    (tmp_path / "folder.gif").mkdir()
    with pytest.raises(RequestError, match=sentence):
        ExportRequest(tmp_path / name).check(recording)
    assert sentence.split(";")[-1] in run(qtbot, ExportRequest(tmp_path / name), recording)


def test_moments_that_are_none_or_too_many_are_refused(recording, tmp_path, monkeypatch):
    request = ExportRequest(tmp_path / "a.gif")
    with pytest.raises(RequestError, match="nothing to export"):
        replace(request, moments=Moments(Every(1), last=Cursor(0, 0, 3))).cursors(recording)
    monkeypatch.setattr("app.export.request.MOST_FRAMES", 1799)
    with pytest.raises(RequestError, match="would be 1,800 frames, and 1,799 are possible"):
        replace(request, moments=Moments(Every(1, Unit.PHASE))).cursors(recording)


def test_a_rehearsal_shows_a_frame_and_estimates_the_file(qtbot, recording, tmp_path):
    request = ExportRequest(tmp_path / "run.gif", ("weights",), Moments(Every(10)), (320, 240), hold_ms=0)
    rehearsal = Rehearsal()
    told = []
    rehearsal.previewed.connect(told.append)
    rehearsal.estimated.connect(told.append)
    rehearsal.ask(request, recording, 0.0)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)
    rehearsal.stop()
    image, estimate = told
    assert (image.width(), image.height()) == request.size
    assert (estimate.frames, estimate.duration_ms) == (30, 3000)
    assert not (tmp_path / "run.gif").exists()
    run(qtbot, request, recording)
    assert estimate.bytes / 2 < (tmp_path / "run.gif").stat().st_size < estimate.bytes * 2


def test_of_two_rehearsals_only_the_newer_one_is_told_of(qtbot, recording, tmp_path):
    rehearsal = Rehearsal()
    told = []
    rehearsal.refused.connect(lambda field, sentence: told.append(field))
    rehearsal.estimated.connect(lambda estimate: told.append(estimate.frames))
    rehearsal.ask(ExportRequest(tmp_path / "a.gif", ("loss",)), recording)
    rehearsal.ask(ExportRequest(tmp_path / "a.gif", ("nothing",)), recording)
    qtbot.waitUntil(lambda: bool(told))
    rehearsal.stop()
    assert told == ["views"]


def test_a_job_can_be_given_up_before_its_moments_are_known(qtbot, recording, tmp_path):
    job = RequestJob(ExportRequest(tmp_path / "a.gif", ("loss",)), recording)
    said = []
    job.cancelled.connect(lambda: said.append("cancelled"))
    job.start()
    job.cancel()
    qtbot.waitUntil(lambda: bool(said))
    assert job.stop()
    assert said == ["cancelled"]
    assert not list(tmp_path.iterdir())


def test_panels_stand_beside_each_other_inside_the_picture():
    whole = QRect(0, 0, 800, 600)
    for count in range(1, 7):
        found = places(whole, count)
        assert len(found) == count
        assert all(whole.contains(place) and place.top() >= 30 for place in found)
        assert not any(first.intersects(second) for first, second in combinations(found, 2))
    assert places(whole, 3)[0].width() > 700, "the first of three over the others"
    assert places(QRect(0, 0, 600, 600), 2)[0].width() > 500, "one above the other in a square"
