"""A disk that is full while a run is saved: the older file stays, nothing half-written is left, the person is told."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from backprop.session import open_session

if TYPE_CHECKING:
    from tests.app.files.conftest import SmallWindow

#: Room for the run of the first few epochs, and not for that of all.
ROOM = 128 << 10
FEW, MANY = 100, 5000


@contextlib.contextmanager
def little_room(folder: Path) -> Iterator[None]:
    """Let only ROOM bytes be written into ``folder``: on a disk of that size, or by a limit where none can be made."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        with size_limit():
            yield
        return
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def size_limit() -> Iterator[None]:
    """Let no file grow beyond ROOM."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def no_limit() -> Iterator[None]:
    """Let files grow as they like."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture(params=["full", "limit", "limit, with names"])
def full_disk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with little room: a full disk, or one in which no file may grow, also without unnamed files."""
    folder = tmp_path / "disk"
    if request.param == "full":
        with little_room(folder):
            yield folder
        return
    if "names" in request.param:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    folder.mkdir()
    with size_limit():
        yield folder


def save(qtbot: QtBot, window: SmallWindow, path: Path) -> bytes:
    with qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.files.flow.save_to(path)
    return path.read_bytes()


def test_save(qtbot: QtBot, window: SmallWindow, full_disk: Path) -> None:
    path = full_disk / "run.backprop"
    window.train(qtbot, FEW)
    older = save(qtbot, window, path)
    window.train(qtbot, MANY)
    window.files.flow.save()
    qtbot.waitUntil(lambda: "not enough room" in window.notice.text)
    assert "run.backprop was not saved" in window.notice.text
    assert "free some space, or save it somewhere else" in window.notice.text
    assert os.listdir(full_disk) == ["run.backprop"]
    assert path.read_bytes() == older
    assert window.isWindowModified(), "there is more in the run than in the file"


def test_save_as(
    qtbot: QtBot, window: SmallWindow, full_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = iter([full_disk / "new.backprop", tmp_path / "elsewhere.backprop"])
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: QFileDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(next(targets))])
    window.train(qtbot, MANY)
    window.files.flow.save_as()
    qtbot.waitUntil(lambda: "not enough room" in window.notice.text)
    assert os.listdir(full_disk) == []
    assert window.files.document.path is None
    with no_limit(), qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.notice._button.click()  # "Save as …", on a disk with room
    assert open_session(tmp_path / "elsewhere.backprop").history.steps == MANY - 1


def test_autosave(qtbot: QtBot, window: SmallWindow, full_disk: Path) -> None:
    folder = full_disk / "recovery"
    window.files.begin(folder)
    autosave = window.files.autosave
    window.train(qtbot, FEW)
    autosave.save_now()
    qtbot.waitUntil(lambda: not autosave.busy)
    older = autosave.slot.path.read_bytes()
    window.train(qtbot, MANY)
    autosave.save_now()
    qtbot.waitUntil(lambda: not autosave.busy)
    assert autosave.slot.path.read_bytes() == older
    assert {path.suffix for path in folder.iterdir()} == {".backprop", ".lock"}
    assert autosave.waiting, "it is tried again"
    assert "not being kept safe against a crash" in window.notice.text
    assert "not enough room for it" in window.notice.text
    with no_limit(), qtbot.waitSignal(window.files.flow.saved, timeout=20_000):
        window.files.flow.save_to(full_disk.parent / "elsewhere.backprop")
    assert not autosave.slot.path.exists(), "an older state of a run that is saved is not offered after a crash"
