"""Whatever stops an export, the folder holds what it held before, and the person is told why."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest

import app
from app.export.animation import Animation
from app.export.formats import FORMATS, Kind
from app.export.job import ExportError, export
from app.export.steps import in_one_step

ROOT = Path(app.__file__).parents[1]
FRAMES = 24

# Exports into the folder of its argument, and stops for a line on standard input at each frame.
EXPORT = """
import os, sys, tempfile
from pathlib import Path
import numpy as np
from app.export.animation import Animation
from app.export.job import export
from app.export.steps import in_one_step

if sys.argv[2] == "named":
    tempfile._O_TMPFILE_WORKS = False
    del os.O_TMPFILE

@in_one_step
def draw(index):
    print("drawing", flush=True)
    sys.stdin.readline()
    return np.random.default_rng(index).integers(0, 256, (100, 150, 3), dtype=np.uint8)

animations = [Animation(name, draw, 12, 500) for name in sys.argv[3:] or ("weights_update.gif", "training_loss.gif")]
export(animations, Path(sys.argv[1]))
print("done", flush=True)
"""


def noise(index):
    return np.random.default_rng(index).integers(0, 256, (100, 150, 3), dtype=np.uint8)


def both():
    return [Animation(name, in_one_step(noise), 12, 500) for name in ("weights_update.gif", "training_loss.gif")]


def kind_of(name):
    return FORMATS[name.removeprefix("run.")].kind


@pytest.fixture
def forbidden_folder(tmp_path):
    """A folder that this process may not write into; nothing is forbidden to root, but in /sys nobody makes a file."""
    folder = tmp_path / "forbidden"
    folder.mkdir(mode=0o555)
    return Path("/sys") if os.access(folder, os.W_OK) else folder


def without_unnamed_files(monkeypatch):
    """Let files be written under a hidden name, as on a system that knows no files without one."""
    monkeypatch.setattr(tempfile, "_O_TMPFILE_WORKS", False)
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def start_export(folder, kind, frames, *names):
    """Start an export in a process of its own, and return it when it has drawn ``frames`` frames."""
    process = subprocess.Popen(
        [sys.executable, "-c", EXPORT, str(folder), kind, *names],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(frames):
        assert process.stdout.readline() == "drawing\n"
        process.stdin.write("\n")
        process.stdin.flush()
    return process


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


unnamed_files = pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="needs unnamed files")


@unnamed_files
@pytest.mark.parametrize("frames", [1, 13, 23])
def test_a_killed_export_leaves_the_folder_as_it_was(tmp_path, frames):
    (tmp_path / "training_loss.gif").write_bytes(b"older")
    process = start_export(tmp_path, "unnamed", frames)
    assert process.stdout.readline() == "drawing\n"
    kill(process)
    assert content(tmp_path) == {"training_loss.gif": b"older"}


@unnamed_files
def test_the_export_that_is_killed_above_would_have_succeeded(tmp_path):
    with start_export(tmp_path, "unnamed", FRAMES) as process:
        assert process.stdout.readline() == "done\n"
    assert sorted(content(tmp_path)) == ["training_loss.gif", "weights_update.gif"]


def test_without_unnamed_files_the_next_export_clears_up(tmp_path):
    (tmp_path / "training_loss.gif").write_bytes(b"older")
    kill(start_export(tmp_path, "named", 13))
    left = content(tmp_path)
    assert left.pop("training_loss.gif") == b"older"
    assert left
    assert all(name.startswith(".") for name in left), "nothing under a name that anyone looks at"
    export(both(), tmp_path)
    assert sorted(content(tmp_path)) == ["training_loss.gif", "weights_update.gif"]


@contextlib.contextmanager
def little_room(folder):
    """Let only 64 KiB be written into ``folder``: on a disk of that size, or by a limit."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode == 0:
        try:
            yield
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    with size_limit():
        yield


@contextlib.contextmanager
def size_limit():
    """Let no file grow beyond 64 KiB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 10, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_folder_that_does_not_exist(tmp_path):
    with pytest.raises(ExportError, match=r"the folder .*missing does not exist; create it"):
        export(both(), tmp_path / "missing")
    assert content(tmp_path) == {}


@pytest.mark.parametrize("inside", ["", "deeper"])
def test_a_folder_that_is_a_file(tmp_path, inside):
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(ExportError, match="is not a folder; choose a folder"):
        export(both(), tmp_path / "file" / inside)
    assert content(tmp_path) == {"file": b"mine"}


def test_a_folder_in_the_place_of_an_animation(tmp_path):
    (tmp_path / "training_loss.gif").mkdir()
    with pytest.raises(ExportError, match=r"training_loss.gif is a folder; rename that folder"):
        export(both(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["training_loss.gif"]


def test_a_disk_that_is_read_only(tmp_path):
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", str(tmp_path)], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("needs to be allowed to mount a disk")
    try:
        with pytest.raises(ExportError, match="you may not write into"):
            export(both(), tmp_path)
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_after_an_error_the_same_export_succeeds(tmp_path):
    folder = tmp_path / "out"
    with pytest.raises(ExportError):
        export(both(), folder)
    folder.mkdir()
    for path in export(both(), folder):
        assert iio.improps(path, index=...).shape == (12, 100, 150, 3)


# --- every format: some are written by another program, some need all that is compressed at once

EVERY_FORMAT = [f"run.{suffix}" for suffix in FORMATS]
OTHERS = [name for name in EVERY_FORMAT if name != "run.gif" and kind_of(name) is Kind.ANIMATION]


def large(name, half_way=lambda: None):
    """Return what no format makes smaller than 64 KiB; ``half_way`` is called when half of it has been drawn."""
    entry = FORMATS[name.removeprefix("run.")]
    count, height = (1, 400) if entry.kind is Kind.PICTURE else (60, 100)

    @in_one_step
    def draw(index):
        if index == count // 2:
            half_way()
        frame = np.random.default_rng(index).integers(0, 256, (height, 150, 3), dtype=np.uint8)
        return frame.tobytes() if entry.vector or entry.kind is Kind.TABLE else frame

    return [Animation(name, draw, count, 100)]


@unnamed_files
@pytest.mark.parametrize("name", OTHERS)
def test_a_killed_export_of_any_format_leaves_the_folder_as_it_was(tmp_path, name):
    (tmp_path / name).write_bytes(b"older")
    process = start_export(tmp_path, "unnamed", 7, name)
    assert process.stdout.readline() == "drawing\n"
    kill(process)
    assert content(tmp_path) == {name: b"older"}


@pytest.mark.parametrize("name", ["run.mp4", "run.webp"])
def test_without_unnamed_files_the_next_export_of_any_format_clears_up(tmp_path, name):
    kill(start_export(tmp_path, "named", 7, name))
    assert all(left.startswith(".") for left in content(tmp_path))
    export([Animation(name, in_one_step(noise), 12, 500)], tmp_path)
    assert list(content(tmp_path)) == [name]


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_a_full_disk(tmp_path, name):
    with little_room(tmp_path):
        (tmp_path / name).write_bytes(b"older")
        with pytest.raises(ExportError, match=r"not enough room for it in .*; free some space"):
            export(large(name), tmp_path)
        assert content(tmp_path) == {name: b"older"}


@pytest.mark.parametrize("name", EVERY_FORMAT)
@pytest.mark.parametrize("named", [False, True])
def test_a_file_that_grows_larger_than_allowed(tmp_path, monkeypatch, name, named):
    if named:
        without_unnamed_files(monkeypatch)
    (tmp_path / name).write_bytes(b"older")
    with size_limit(), pytest.raises(ExportError, match="not enough room"):
        export(large(name), tmp_path)
    assert content(tmp_path) == {name: b"older"}


@pytest.mark.parametrize("name", EVERY_FORMAT)
@pytest.mark.parametrize("named", [False, True])
def test_a_folder_that_is_removed_half_way(tmp_path, monkeypatch, name, named):
    if named:
        without_unnamed_files(monkeypatch)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(ExportError, match="does not exist"):
        export(large(name, lambda: shutil.rmtree(folder)), folder)
    assert content(tmp_path) == {}


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_a_folder_one_may_not_write_into(forbidden_folder, name):
    before = sorted(forbidden_folder.iterdir())
    with pytest.raises(ExportError, match=r"you may not write into .*; choose a folder of your own"):
        export(large(name), forbidden_folder)
    assert sorted(forbidden_folder.iterdir()) == before


def test_an_interrupted_video_leaves_no_encoder_running(tmp_path):
    @in_one_step
    def draw(index):
        if index == 8:
            raise KeyboardInterrupt
        return noise(index)

    with pytest.raises(KeyboardInterrupt):
        export([Animation("run.mp4", draw, 12, 500)], tmp_path)
    assert content(tmp_path) == {}
    assert not [line for line in children() if "ffmpeg" in line]


def children():
    """Return the command lines of this process's children, where the system tells."""
    if not Path("/proc/self/task").is_dir():
        return []
    numbers = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [Path(f"/proc/{number}/cmdline").read_text() for number in numbers]
