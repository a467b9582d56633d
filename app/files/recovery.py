"""Where runs are kept safe in the background: one file a window, locked while its program lives."""

import contextlib
import uuid
from pathlib import Path

from PySide6.QtCore import QDateTime, QFileInfo, QLockFile

from backprop.atomic import remove_leftovers
from backprop.session import SUFFIX

#: More runs than these are not kept after crashes; the oldest go.
MOST = 3
_LOCK = ".lock"


class Slot:
    """A place for one run. Whoever holds its lock owns it; the system releases the lock of a program that is killed."""

    def __init__(self, path: Path, lock: QLockFile) -> None:
        self.path = path
        self._lock = lock

    @property
    def time(self) -> QDateTime:
        """When the run was kept."""
        return QFileInfo(self.path).lastModified()

    def empty(self) -> None:
        """Remove the file, and keep the place."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove the file and give up the place."""
        self.empty()
        self._lock.unlock()

    def leave(self) -> None:
        """Give up the place, and leave the file to the next start."""
        self._lock.unlock()


def new_slot(folder: Path) -> Slot:
    """Return a place of one's own in ``folder``. Raises OSError where nothing can be written."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid.uuid4().hex}{SUFFIX}"
    slot = _take(path)
    if slot is None:
        raise OSError(f"{path} cannot be locked")
    return slot


def leftovers(folder: Path) -> list[Slot]:
    """Return the runs that programs have left which ended before their time, the newest first; they are locked now.

    More than MOST are removed, and so is what else such programs have left: halves of files, and locks without a file.
    """
    remove_leftovers(folder)
    with contextlib.suppress(OSError):
        paths = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
        slots = [slot for path in paths if (slot := _take(path)) is not None]
        for slot in slots[MOST:]:
            slot.discard()
        _remove_lone_locks(folder)
        return slots[:MOST]
    return []


def _remove_lone_locks(folder: Path) -> None:
    for lock in folder.glob(f"*{_LOCK}"):
        path = lock.with_suffix(SUFFIX)
        if not path.exists() and (slot := _take(path)) is not None:
            slot.discard()


def _take(path: Path) -> Slot | None:
    lock = QLockFile(str(path.with_suffix(_LOCK)))
    lock.setStaleLockTime(0)  # a lock is good as long as its program lives, however old it is
    return Slot(path, lock) if lock.tryLock(0) else None
