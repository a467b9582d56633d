"""What a program leaves that ends before its time: kept safe, offered at the next start, and never another window's."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.files import flow
from app.files.job import FileJob
from app.files.recovery import MOST, leftovers, new_slot
from app.settings import Settings
from backprop import LESSONS, Trainer
from backprop.atomic import MACHINE
from backprop.container import Progress
from backprop.session import Session, open_session, save_session, session_of

ROOT = Path(__file__).resolve().parents[3]
XOR = LESSONS["xor"].experiment.replace(epochs=30)

#: Keeps one run after another in a slot, as a window does, until it is killed.
CRASHING = """
import sys
from pathlib import Path
from app.files.recovery import new_slot
from app.settings import Settings
from backprop import LESSONS, Trainer
from backprop.atomic import MACHINE
from backprop.session import save_session, session_of

trainer = Trainer(LESSONS["xor"].experiment.replace(epochs=10_000_000))
slot = new_slot(Path(sys.argv[1]))
while True:
    trainer.step_batches(2000)
    save_session(session_of(trainer.new_timeline(), trainer.cursor, trainer.epochs), slot.path)
    print(trainer.cursor.epoch, flush=True)
"""

if TYPE_CHECKING:
    from tests.app.files.conftest import SmallWindow


def start_crashing(folder: Path) -> subprocess.Popen[str]:
    program = [sys.executable, "-c", CRASHING, str(folder)]
    return subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def crash(program: subprocess.Popen[str]) -> None:
    program.send_signal(signal.SIGKILL)
    program.wait()
    assert program.stdout is not None
    program.stdout.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def open_window(open_window: Callable[[], SmallWindow], folder: Path) -> Callable[[], SmallWindow]:
    def make() -> SmallWindow:
        window = open_window()
        window.files.begin(folder)
        return window

    return make


def keep_safe(qtbot: QtBot, window: SmallWindow) -> Path:
    """Do what the window does after a while."""
    autosave = window.files.autosave
    autosave.save_now()
    qtbot.waitUntil(lambda: not autosave.busy, timeout=20_000)
    assert autosave.slot.path.exists()
    return autosave.slot.path


def left_by_a_crash(folder: Path, epochs: int = 20) -> Path:
    trainer = Trainer(XOR)
    trainer.step_batches(epochs)
    slot = new_slot(folder)
    save_session(session_of(trainer.new_timeline(), trainer.cursor, 30, "Of the crash."), slot.path)
    slot.leave()
    return slot.path


def files(folder: Path) -> list[str]:
    return sorted(os.listdir(folder)) if folder.exists() else []


def test_killed_at_any_moment_the_older_file_or_the_newer_one_is_there(folder: Path) -> None:
    generator = np.random.default_rng(0)
    for _ in range(4):
        program = start_crashing(folder)
        assert program.stdout is not None
        epochs = [int(program.stdout.readline())]
        epochs += [int(program.stdout.readline()) for _ in range(int(generator.integers(1, 5)))]
        # Into the middle of computing, writing or replacing, wherever that is by now.
        program.stdout.read(int(generator.integers(0, 4)))
        assert leftovers(folder) == [], "it is alive, and nobody takes its run away"
        crash(program)
        (slot,) = leftovers(folder)
        session = open_session(slot.path)
        assert session.cursor.epoch >= epochs[-1]
        assert (session.cursor.epoch + 1) % 2000 == 0
        slot.discard()
        assert files(folder) == []


def test_what_was_computed_is_kept_in_the_background_and_removed_at_the_end(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path
) -> None:
    window = open_window()
    assert not window.files.autosave.waiting
    window.train(qtbot, 40)
    assert window.files.autosave.waiting
    path = keep_safe(qtbot, window)
    assert open_session(path).history.steps == 39
    written = path.stat().st_mtime_ns
    window.files.autosave.save_now()
    assert not window.files.autosave.busy, "nothing has changed"
    assert path.stat().st_mtime_ns == written
    window.close()
    assert files(folder) == []


def test_keeping_a_run_safe_holds_nothing_of_it_afterwards(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path
) -> None:
    window = open_window()
    for epochs in (40, 50, 60):
        window.train(qtbot, epochs)
        keep_safe(qtbot, window)
    old = weakref.ref(window.controller.reached)
    window.begin()
    qtbot.waitUntil(lambda: window.controller.reached.position == 0)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert old() is None
    assert window.files.autosave.findChildren(FileJob) == []


def test_a_save_that_is_given_up_leaves_nothing(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path
) -> None:
    window = open_window()
    window.train(qtbot, 40)
    window.files.autosave.save_now()
    window.files.autosave.stop()
    assert files(folder) == []
    qtbot.wait(20)  # what the thread has told arrives now, and finds nobody


def test_nothing_is_kept_of_a_run_that_has_not_begun(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path
) -> None:
    window = open_window()
    window.files.autosave.save_now()
    assert files(folder) == []


def test_a_run_that_has_been_saved_needs_no_other_copy(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path, tmp_path: Path
) -> None:
    window = open_window()
    window.train(qtbot, 40)
    path = keep_safe(qtbot, window)
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.files.flow.save_to(tmp_path / "mine.backprop")
    assert not path.exists()
    assert not window.files.autosave.waiting


def test_a_run_of_a_crash_is_offered_opened_and_kept_safe_again(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path
) -> None:
    left = left_by_a_crash(folder)
    window = open_window()
    assert not window.notice.isHidden()
    assert "ended before" in window.notice.text
    assert window.controller.reached.position == 0, "nobody is forced to do anything"
    with qtbot.waitSignal(window.files.flow.opened, timeout=20_000):
        window.notice._button.click()
    assert window.controller.reached.snapshot.epochs_done == 20
    assert window.files.document.notes == "Of the crash."
    assert window.windowTitle().startswith("Unsaved run"), "it has no file of the person's own yet"
    assert window.isWindowModified()
    assert left.exists(), "a second crash would not lose it either"
    window.train(qtbot, 35)
    assert keep_safe(qtbot, window) == left
    assert open_session(left).history.steps == 34
    window.close()
    assert files(folder) == []


def test_a_run_of_a_crash_can_be_discarded(qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path) -> None:
    left_by_a_crash(folder)
    window = open_window()
    window.notice._other.click()
    assert files(folder) == []
    assert window.notice.isHidden()


def test_a_run_of_a_crash_that_nobody_decides_about_is_offered_again(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path
) -> None:
    left = left_by_a_crash(folder)
    first = open_window()
    second = open_window()
    assert not first.notice.isHidden()
    assert second.notice.isHidden(), "one window asks, not both"
    first.close()
    third = open_window()
    assert not third.notice.isHidden()
    assert left.exists()


def test_windows_do_not_take_each_others_runs(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path
) -> None:
    first = open_window()
    first.train(qtbot, 20)
    mine = keep_safe(qtbot, first)
    second = open_window()
    assert second.notice.isHidden()
    second.train(qtbot, 25)
    theirs = keep_safe(qtbot, second)
    assert mine != theirs
    second.close()
    assert mine.exists()
    assert not theirs.exists()


def test_a_damaged_run_of_a_crash_is_told_and_does_no_harm(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path
) -> None:
    left = left_by_a_crash(folder)
    left.write_bytes(left.read_bytes()[:-100])
    window = open_window()
    window.notice._button.click()
    qtbot.waitUntil(lambda: "damaged" in window.notice.text)
    window.close()


def test_only_a_few_runs_are_kept_however_many_crashes_there_are(folder: Path) -> None:
    paths = [left_by_a_crash(folder, 10 + number) for number in range(MOST + 3)]
    for age, path in enumerate(reversed(paths)):
        os.utime(path, (1e9 - age, 1e9 - age))
    slots = leftovers(folder)
    assert [slot.path for slot in slots] == paths[: -MOST - 1 : -1]
    for slot in slots:
        slot.discard()
    assert files(folder) == []


def test_a_folder_that_cannot_be_written_stops_nobody(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.write_text("a file where the folder should be")
    window = open_window()
    window.train(qtbot, 20)
    window.files.autosave.save_now()
    qtbot.waitUntil(lambda: not window.files.autosave.busy)
    assert "could not be kept safe" in caplog.text
    assert "could not be written to" in window.notice.text
    window.notice.hide()
    window.files.autosave.save_now()
    qtbot.waitUntil(lambda: not window.files.autosave.busy)
    assert window.notice.isHidden(), "once is enough"


def test_halves_of_files_and_lone_locks_of_a_crash_are_removed_at_the_next_start(
    qtbot: QtBot,
    settings: QSettings,
    open_window: Callable[[], SmallWindow],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program, alive = start_crashing(folder), new_slot(folder)
    assert program.stdout is not None
    program.stdout.readline()
    crash(program)
    for run in folder.glob("*.backprop"):
        run.unlink()
    first = open_window()
    assert files(folder) == [f"{alive.path.stem}.lock"]

    mine, kept = tmp_path / "runs", Settings(settings)
    mine.mkdir()
    first.train(qtbot, 10)
    told: list[str] = []

    def save(session: Session, path: Path, progress: Progress) -> None:
        told.append(kept.another().text("saving_into", ""))
        save_session(session, path, progress)

    monkeypatch.setattr(flow, "save_session", save)
    with qtbot.waitSignal(first.files.flow.saved, timeout=20_000):
        first.files.flow.save_to(mine / "run.backprop")
    assert told == [str(mine)]
    assert kept.text("saving_into", "") == ""

    kept.set_text("saving_into", str(mine))  # as it stands where a program was killed
    half = f".run.backprop.backscope-{MACHINE}-{program.pid}-0123abcd.part"
    for place in (folder, mine):
        (place / half).touch()
    second = open_window()
    assert files(folder) == [f"{alive.path.stem}.lock"]
    qtbot.waitUntil(lambda: files(mine) == ["run.backprop"])
    assert kept.text("saving_into", "") == ""
    assert second.notice.isHidden()
    alive.discard()
