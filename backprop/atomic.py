"""Files that appear under their names only when all of them are complete."""

import contextlib
import errno
import os
import platform
import re
import secrets
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

# A file that a killed process left behind names its maker, so that only a dead one's is removed.
# The machine is part of it: in a shared folder, process numbers of other machines mean nothing.
MACHINE = f"{zlib.crc32(platform.node().encode()):08x}"
LEFTOVER = re.compile(r"\..+\.backscope-(?P<machine>[0-9a-f]{8})-(?P<pid>\d+)-[0-9a-f]{8}\.part")


@contextmanager
def atomic_files(targets: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """Open a new file for each of ``targets``; put all in place at the end, or none after an error.

    Until then, older files of these names stay as they are. A process that is killed leaves
    nothing, or, on systems without unnamed files, a hidden one that the next call removes.

    Raises OSError: the folder is missing, not a folder or not writable, or its disk is full.
    """
    for folder in dict.fromkeys(target.parent for target in targets):
        remove_leftovers(folder)
    pending: list[_Pending] = []
    try:
        pending.extend(_open_beside(target) for target in targets)
        yield [new.file for new in pending]
        for new in pending:
            new.file.flush()
            os.fsync(new.file.fileno())  # or a power cut could leave the name without the content
        # Whatever can fail, such as a full or vanished folder, does so before anything is replaced.
        for new in pending:
            new.prepare()
        for new in pending:
            new.put_in_place()
    finally:
        for new in pending:
            new.discard()


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left half-written in ``folder``; nothing else, and raise nothing."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            maker = LEFTOVER.fullmatch(path.name)
            if maker and maker["machine"] == MACHINE and not _is_alive(int(maker["pid"])):
                with contextlib.suppress(OSError):
                    path.unlink()


def _is_alive(pid: int) -> bool:
    if sys.platform == "win32":
        return False  # os.kill would end it; and Windows itself refuses to remove an open file
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


class _Pending:
    """A file being written that is not yet where it belongs."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._path: Path | None = None  # a name it has, and must lose again if it is discarded
        self.file = self._open()

    def _open(self) -> BinaryIO:
        raise NotImplementedError

    def prepare(self) -> None:
        """Do all that can fail of putting the complete file in place, replacing nothing."""
        raise NotImplementedError

    def put_in_place(self) -> None:
        """Give it its name, in place of an older file."""
        if self._path is not None and self._path != self._target:
            os.replace(self._path, self._target)
        self._path = None

    def discard(self) -> None:
        """Close it, and remove it unless it is in place."""
        with contextlib.suppress(OSError):
            self.file.close()
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink()


class _Named(_Pending):
    """A hidden file beside its target."""

    def _open(self) -> BinaryIO:
        path = _name_beside(self._target)
        file = path.open("xb")
        self._path = path
        return file

    def prepare(self) -> None:
        self.file.close()  # Windows moves no open file


class _Unnamed(_Pending):
    """A file without a name, which the system frees with the process that wrote it (Linux)."""

    def _open(self) -> BinaryIO:
        flags = os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC
        return os.fdopen(os.open(self._target.parent, flags, 0o666), "wb")

    def prepare(self) -> None:
        # Where nothing is in the way, the final name is its first, and nothing can be left over.
        # A link cannot replace: where an older file is, it needs a name for a moment.
        try:
            self._link(self._target)
        except FileExistsError:
            self._link(_name_beside(self._target))

    def _link(self, path: Path) -> None:
        handle = self.file.fileno()
        # Given a folder's handle, even one without meaning for an absolute path, Python calls
        # linkat and follows the link in /proc; without one it calls link, which does not.
        os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle)
        self._path = path


def _open_beside(target: Path) -> _Pending:
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if hasattr(os, "O_TMPFILE") and os.path.isdir("/proc/self/fd"):
        try:
            return _Unnamed(target)
        except OSError as error:
            # Some file systems have no unnamed files; a very old Linux says "is a directory".
            if error.errno not in (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL):
                raise
    return _Named(target)


def _name_beside(target: Path) -> Path:
    mark = f"backscope-{MACHINE}-{os.getpid()}-{secrets.token_hex(4)}"
    return target.with_name(f".{target.name}.{mark}.part")
