"""Files appear only when complete, and what was there before survives everything else."""

import os
import subprocess
import sys

import pytest

from backprop import atomic
from backprop.atomic import MACHINE, atomic_files


@pytest.fixture(params=["unnamed", "named"])
def either_way(request, monkeypatch):
    """Run a test with unnamed files, where the system has them, and with hidden ones."""
    if request.param == "named":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    elif not hasattr(os, "O_TMPFILE"):
        pytest.skip("this system has no unnamed files")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.usefixtures("either_way")
class TestBothWays:
    def test_files_appear_together_at_the_end(self, tmp_path):
        targets = [tmp_path / "a.gif", tmp_path / "b.gif"]
        with atomic_files(targets) as (first, second):
            first.write(b"first")
            second.write(b"second")
            assert not any(target.exists() for target in targets)
        assert [target.read_bytes() for target in targets] == [b"first", b"second"]
        assert names(tmp_path) == ["a.gif", "b.gif"]

    def test_an_older_file_is_replaced(self, tmp_path):
        (tmp_path / "a.gif").write_bytes(b"older and longer")
        with atomic_files([tmp_path / "a.gif", tmp_path / "new.gif"]) as (first, second):
            first.write(b"newer")
            second.write(b"new")
            assert (tmp_path / "a.gif").read_bytes() == b"older and longer"
        assert (tmp_path / "a.gif").read_bytes() == b"newer"
        assert names(tmp_path) == ["a.gif", "new.gif"]

    def test_an_error_leaves_everything_as_it_was(self, tmp_path):
        (tmp_path / "a.gif").write_bytes(b"older")
        targets = [tmp_path / "a.gif", tmp_path / "b.gif"]
        with pytest.raises(RuntimeError, match="half-way"), atomic_files(targets) as (first, _):  # noqa: PT012
            first.write(b"partial")
            raise RuntimeError("half-way")
        assert (tmp_path / "a.gif").read_bytes() == b"older"
        assert names(tmp_path) == ["a.gif"]

    def test_a_folder_in_the_place_of_a_file_is_an_error_before_anything_is_written(self, tmp_path):
        (tmp_path / "b.gif").mkdir()
        with (
            pytest.raises(IsADirectoryError),
            atomic_files([tmp_path / "a.gif", tmp_path / "b.gif"]),
        ):
            pytest.fail("opened all the same")
        assert names(tmp_path) == ["b.gif"]

    def test_a_folder_that_vanishes_half_way_is_an_error(self, tmp_path):
        folder = tmp_path / "out"
        folder.mkdir()
        with pytest.raises(FileNotFoundError), atomic_files([folder / "a.gif"]) as (file,):  # noqa: PT012
            file.write(b"content")
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()
        assert names(tmp_path) == []

    def test_one_file_that_cannot_be_placed_takes_the_other_with_it(self, tmp_path, monkeypatch):
        placed = []

        def fail_at_the_second(self):
            placed.append(self)
            if len(placed) == 2:
                raise PermissionError("no")
            prepare[type(self)](self)

        prepare = {kind: kind.prepare for kind in (atomic._Named, atomic._Unnamed)}
        for kind in prepare:
            monkeypatch.setattr(kind, "prepare", fail_at_the_second)
        with pytest.raises(PermissionError), atomic_files([tmp_path / "a.gif", tmp_path / "b.gif"]):
            pass
        assert names(tmp_path) == []

    def test_a_new_file_has_the_usual_permissions(self, tmp_path):
        with atomic_files([tmp_path / "a.gif"]):
            pass
        (tmp_path / "usual").touch()
        assert (tmp_path / "a.gif").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this system has no unnamed files")
def test_nothing_is_in_the_folder_while_an_unnamed_file_is_written(tmp_path):
    with atomic_files([tmp_path / "a.gif"]) as (file,):
        file.write(b"content")
        file.flush()
        assert names(tmp_path) == []


def finished_process():
    """Return the number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    return process.pid


def test_what_a_killed_export_left_is_removed_and_nothing_else(tmp_path):
    dead = finished_process()
    ours = f".a.gif.backscope-{MACHINE}-{dead}-0123abcd.part"
    kept = [
        f".a.gif.backscope-{MACHINE}-{os.getpid()}-0123abcd.part",  # being written just now
        f".a.gif.backscope-{int(MACHINE, 16) ^ 1:08x}-{dead}-0123abcd.part",  # another machine's
        f"a.gif.backscope-{MACHINE}-{dead}-0123abcd.part",
        f".a.gif.backscope-{MACHINE}-{dead}-0123abcd.part.txt",
        ".a.gif.part",
        "notes.txt",
    ]
    for name in [ours, *kept]:
        (tmp_path / name).touch()
    with atomic_files([tmp_path / "b.gif"]):
        assert not (tmp_path / ours).exists()
    assert names(tmp_path) == sorted([*kept, "b.gif"])
