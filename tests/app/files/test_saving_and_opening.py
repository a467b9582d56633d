"""Runs as files, in the real window: what is saved is opened again, and nothing is lost unasked."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.files import autosave
from app.files.messages import explain_opening, explain_saving
from app.run.pace import PACES, Unit
from app.settings import Settings
from backprop import Cursor, Dataset, Trainer
from backprop.network import predict
from backprop.session import open_session
from tests.answers import answer

if TYPE_CHECKING:
    from tests.app.files.conftest import SmallWindow


def save(qtbot: QtBot, window: SmallWindow, path: Path) -> Path:
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.files.flow.save_to(path)
    return path


def open_file(qtbot: QtBot, window: SmallWindow, path: Path) -> None:
    with qtbot.waitSignal(window.files.flow.opened, timeout=20_000):
        window.files.flow.open_path(path)


def choose_target(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(path)])


def test_a_run_is_closed_opened_and_goes_on_bit_for_bit(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], tmp_path: Path
) -> None:
    first = open_window()
    first.controller.set_learning_rate(1.5)
    first.train(qtbot, 500)
    first.controller.step(Unit.EPOCH)  # does nothing at the end
    path = save(qtbot, first, tmp_path / "run.backprop")
    initial = first.controller.reached.snapshot.initial_parameters["W1"]
    first.close()

    second = open_window()
    open_file(qtbot, second, path)
    controller = second.controller
    assert controller.reached.snapshot.cursor == Cursor(499, 0, 6)
    assert len(controller.reached.history.loss) == 500
    controller.seek_cursor(Cursor(123, 0, 4))
    qtbot.waitUntil(lambda: controller.moment.snapshot.cursor == Cursor(123, 0, 4))
    second.train(qtbot, 900)

    reference = Trainer(controller.run.experiment)
    reference.learning_rate = 1.5
    reference.epochs = 900
    reference.run()
    for name, value in reference.parameters.items():
        assert np.array_equal(controller.reached.snapshot.parameters[name], value)
    assert np.array_equal(controller.reached.history.loss, reference.history.loss)

    controller.reset()
    qtbot.waitUntil(lambda: controller.reached.position == 0)
    assert np.array_equal(controller.reached.snapshot.parameters["W1"], initial)


def test_the_title_tells_the_file_and_whether_there_is_more_than_in_it(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path
) -> None:
    assert window.windowTitle() == "Backscope"
    assert not window.isWindowModified()
    window.train(qtbot, 20)
    assert window.windowTitle() == "Unsaved run[*] – Backscope"
    assert window.isWindowModified()
    save(qtbot, window, tmp_path / "mine.backprop")
    assert window.windowTitle() == "mine.backprop[*] – Backscope"
    assert not window.isWindowModified()
    window.train(qtbot, 21)
    assert window.isWindowModified()
    window.begin()
    qtbot.waitUntil(lambda: window.windowTitle() == "Backscope")


def test_save_asks_for_a_name_once(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.backprop"
    choose_target(monkeypatch, path)
    window.train(qtbot, 10)
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    choose_target(monkeypatch, tmp_path / "wrong.backprop")
    window.train(qtbot, 30)
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert open_session(path).history.steps == 29
    assert os.listdir(tmp_path) == ["mine.backprop"]
    assert "mine.backprop" in window.notice.text


def test_a_name_without_the_right_ending_gets_it(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.train(qtbot, 10)
    choose_target(monkeypatch, tmp_path / "run.v2")
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.files.flow.save_as()
    names = iter(["run.v2", "run.v3.backprop"])
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(tmp_path / next(names))])
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.files.flow.save_as()  # asks again, as the file of the completed name is there
    assert sorted(os.listdir(tmp_path)) == ["run.v2.backprop", "run.v3.backprop"]


def test_what_is_saved_while_the_run_goes_on_is_one_moment(qtbot: QtBot, window: SmallWindow, tmp_path: Path) -> None:
    window.controller.set_epochs(100_000)
    window.controller.play()
    qtbot.waitUntil(lambda: window.controller.reached.position > 1000)
    moment = window.controller.reached
    path = save(qtbot, window, tmp_path / "run.backprop")
    session = open_session(path)
    assert f"at epoch {session.cursor.epoch:,}" in window.notice.text
    assert session.cursor >= moment.snapshot.cursor
    qtbot.waitUntil(window.isWindowModified)  # as it has gone on
    reference = Trainer(session.experiment.replace(epochs=session.cursor.epoch + 1))
    reference.run()
    there = reference.snapshot_at(session.cursor)
    assert np.array_equal(session.snapshot(reference.dataset).parameters["W1"], there.parameters["W1"])
    assert session.history.steps == session.cursor.epoch


def test_a_run_that_was_saved_is_discarded_without_a_question(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, "Keep this run")
    window.train(qtbot, 10)
    save(qtbot, window, tmp_path / "run.backprop")
    window.ask_for_another()
    qtbot.waitUntil(lambda: window.controller.reached.position == 0)
    assert asked == []
    window.train(qtbot, 10)
    window.ask_for_another()
    assert len(asked) == 1
    assert window.controller.reached.position > 0


def test_save_is_offered_where_a_run_would_be_lost(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.backprop"
    answer(monkeypatch, "Save, then begin")
    choose_target(monkeypatch, path)
    window.train(qtbot, 10)
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.ask_for_another()
    qtbot.waitUntil(lambda: window.controller.reached.position == 0)
    assert open_session(path).history.steps == 9
    assert window.files.document.path is None, "the file holds another run than the window"


def test_another_run_is_opened_once_the_present_one_is_saved(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Save, then open")
    choose_target(monkeypatch, tmp_path / "present.backprop")
    window.train(qtbot, 10)
    other = save(qtbot, window, tmp_path / "other.backprop")
    window.begin()
    qtbot.waitUntil(lambda: window.controller.reached.position == 0)
    window.train(qtbot, 30)
    open_file(qtbot, window, other)
    assert window.controller.reached.snapshot.epochs_done == 10
    assert window.files.document.path == other
    assert open_session(tmp_path / "present.backprop").history.steps == 29


def test_another_run_is_not_opened_where_the_present_one_cannot_be_saved(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Save, then open")
    window.train(qtbot, 10)
    other = save(qtbot, window, tmp_path / "other.backprop")
    window.begin()
    qtbot.waitUntil(lambda: window.controller.reached.position == 0)
    window.train(qtbot, 30)
    targets = iter([tmp_path / "missing" / "present.backprop", tmp_path / "present.backprop"])
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(next(targets))])
    window.files.flow.open_path(other)
    qtbot.waitUntil(lambda: "is not there any more" in window.notice.text)
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.notice._button.click()
    assert not window.files.flow.busy, "what was asked for before is not opened by surprise"
    assert window.controller.reached.snapshot.epochs_done == 30


def test_the_view_comes_back(qtbot: QtBot, open_window: Callable[[], SmallWindow], tmp_path: Path) -> None:
    first = open_window()
    first.train(qtbot, 50)
    first.controller.set_pace(PACES[3])
    first.controller.seek_cursor(Cursor(20, 0, 2))
    qtbot.waitUntil(lambda: first.controller.moment.snapshot.cursor == Cursor(20, 0, 2))
    first.files.document.notes = "Look at epoch 20."
    path = save(qtbot, first, tmp_path / "run.backprop")
    second = open_window()
    open_file(qtbot, second, path)
    qtbot.waitUntil(lambda: second.controller.moment.snapshot.cursor == Cursor(20, 0, 2))
    assert second.controller.pace == PACES[3]
    assert second.files.document.notes == "Look at epoch 20."
    assert not second.isWindowModified()
    assert second.windowTitle() == "run.backprop[*] – Backscope"


def test_runs_to_compare_with_come_along_once(
    qtbot: QtBot, open_window: Callable[[], SmallWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Open the other run")
    first = open_window()
    first.train(qtbot, 30)
    first.controller.keep()
    first.train(qtbot, 60)
    path = save(qtbot, first, tmp_path / "run.backprop")
    second = open_window()
    second.train(qtbot, 10)
    second.controller.keep()
    for _ in range(2):
        open_file(qtbot, second, path)
    assert [(kept.number, len(kept.history.loss)) for kept in second.controller.kept] == [(1, 10), (2, 30)]


def test_the_run_asked_for_last_is_the_one_that_comes(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.train(qtbot, 10)
    path = save(qtbot, window, tmp_path / "run.backprop")
    store, slow, gate = window.controller.datasets, [], threading.Event()
    get = store.get

    def get_slowly(name: str, dtype: str) -> Dataset:
        if threading.current_thread().name == "load" and not slow:
            slow.append(threading.current_thread())
            gate.wait(10)
        return get(name, dtype)

    monkeypatch.setattr(store, "get", get_slowly)
    window.begin()  # its data take long
    qtbot.waitUntil(lambda: bool(slow))
    open_file(qtbot, window, path)
    gate.set()
    slow[0].join()
    with qtbot.waitSignal(window.controller.reached_changed):
        window.controller.pause()
    assert window.controller.reached.snapshot.epochs_done == 10


def test_a_damaged_file_is_refused_and_the_run_stays(qtbot: QtBot, window: SmallWindow, tmp_path: Path) -> None:
    window.train(qtbot, 10)
    path = save(qtbot, window, tmp_path / "run.backprop")
    content = bytearray(path.read_bytes())
    content[-40] ^= 1
    path.write_bytes(content)
    reached = window.controller.reached
    window.files.flow.open_path(path)
    qtbot.waitUntil(lambda: "damaged" in window.notice.text)
    assert "run.backprop" in window.notice.text
    assert window.controller.reached is reached


def test_a_file_that_cannot_be_saved_is_saved_elsewhere_even_after_the_run_is_gone(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.train(qtbot, 10)
    window.files.flow.save_to(tmp_path / "missing" / "run.backprop")
    window.begin()
    qtbot.waitUntil(lambda: "is not there any more" in window.notice.text)
    qtbot.waitUntil(lambda: window.controller.reached.position == 0)
    choose_target(monkeypatch, tmp_path / "run.backprop")
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.notice._button.click()
    assert open_session(tmp_path / "run.backprop").history.steps == 9
    assert window.files.document.path is None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENOENT, errno.EISDIR, errno.EIO])
def test_what_hinders_a_file_is_one_sentence_with_a_way_out(number: int) -> None:
    path = Path("folder") / "run.backprop"
    error = OSError(number, os.strerror(number))
    for sentence in (explain_saving(error, path), explain_opening(error, path)):
        assert sentence.startswith("run.backprop was not ")
        assert "because" in sentence
        assert ";" in sentence, "and what to do"
        assert sentence.endswith(".")


def test_a_full_disk_leaves_the_older_file(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.train(qtbot, 10)
    path = save(qtbot, window, tmp_path / "run.backprop")
    window.train(qtbot, 20)

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_room)
        window.files.flow.save()
        qtbot.waitUntil(lambda: "not enough room" in window.notice.text)
    assert open_session(path).history.steps == 9
    assert os.listdir(tmp_path) == ["run.backprop"]
    assert window.isWindowModified()


def drop(window: SmallWindow, path: Path) -> bool:
    """Drop a file on the window as a file manager does; return whether it is taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    return enter.isAccepted()


def test_a_file_dropped_on_the_window_is_opened(qtbot: QtBot, window: SmallWindow, tmp_path: Path) -> None:
    window.train(qtbot, 10)
    path = save(qtbot, window, tmp_path / "Run.BackProp")
    window.begin()
    qtbot.waitUntil(lambda: window.controller.reached.position == 0)
    with qtbot.waitSignal(window.files.flow.opened, timeout=20_000):
        assert drop(window, path)
    assert window.controller.reached.snapshot.cursor == Cursor(9, 0, 6)
    assert not drop(window, tmp_path / "picture.png")


def test_recent_files_are_offered_and_missing_ones_taken_off_kindly(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path
) -> None:
    window.train(qtbot, 10)
    there, gone = (save(qtbot, window, tmp_path / f"{name}.backprop") for name in ("there", "gone"))
    gone.unlink()
    recent = window.files.recent_menu
    recent.aboutToShow.emit()
    entries = [action for action in recent.actions() if not action.isSeparator()]
    assert [entry.toolTip() for entry in entries[:2]] == [str(gone), str(there)]
    with qtbot.waitSignal(window.files.flow.opened, timeout=20_000):
        entries[1].trigger()
    entries[0].trigger()
    qtbot.waitUntil(lambda: "moved" in window.notice.text)
    window.notice._button.click()
    assert window.files.flow.recent.paths() == [there]


def test_notes_are_part_of_the_run(qtbot: QtBot, window: SmallWindow, tmp_path: Path) -> None:
    window.commands["notes"].trigger()
    notes = window.files.notes
    assert notes is not None
    qtbot.keyClicks(notes._text, "Two units died.")
    assert window.isWindowModified()
    path = save(qtbot, window, tmp_path / "run.backprop")
    assert not window.isWindowModified()
    assert open_session(path).notes == "Two units died."
    window.begin()
    qtbot.waitUntil(lambda: notes.text() == "")


def test_the_parameters_on_the_screen_for_other_programs(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import safetensors.numpy

    window.train(qtbot, 300)
    snapshot = window.controller.moment.snapshot
    for name, load in (("p.npz", lambda path: dict(np.load(path))), ("p.safetensors", safetensors.numpy.load_file)):
        path = tmp_path / name
        choose_target(monkeypatch, path)
        window.commands["save_parameters"].trigger()
        qtbot.waitUntil(lambda name=name: name in window.notice.text)
        outputs = predict(snapshot.experiment.layers, load(path), snapshot.x)
        assert np.array_equal(outputs, snapshot.predict(snapshot.x))


def test_the_windows_thread_waits_for_no_disk(
    qtbot: QtBot, window: SmallWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers: dict[str, set[str]] = {}

    def note_writer(owner: object, name: str) -> None:
        write = getattr(owner, name)

        def noted(*arguments: object) -> object:
            writers.setdefault(name, set()).add(threading.current_thread().name)
            return write(*arguments)

        monkeypatch.setattr(owner, name, noted)

    for owner, name in ((Settings, "set_text"), (Settings, "sync"), (autosave, "new_slot")):
        note_writer(owner, name)
    window.files.begin(tmp_path / "recovery")
    window.train(qtbot, 10)
    window.files.autosave.save_now()
    qtbot.waitUntil(lambda: not window.files.autosave.busy)
    path = save(qtbot, window, tmp_path / "run.backprop")
    open_file(qtbot, window, path)
    assert writers == {"set_text": {"file"}, "sync": {"file"}, "new_slot": {"autosave"}}
    assert window.files.flow.recent.paths() == [path]
