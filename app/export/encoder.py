"""From drawn frames to files: the same code in a thread beside the window and without one."""

import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from app.export.animation import Animation
from backprop.atomic import atomic_files

FRAMES_AHEAD = 4  # drawn and not yet encoded; a frame of 3840 x 2160 has 25 MB


class ExportCancelledError(Exception):
    """The export was given up; nothing has been written."""


def write_animations(
    animations: Sequence[Animation],
    folder: Path,
    frames: Iterator[Any],
    frame_written: Callable[[], None],
) -> list[Path]:
    """Write all animations into ``folder``, to appear there together, and return their paths.

    ``frames`` come as animation.draw yields them, and are finished here. ``frame_written`` is called after each frame
    that is not a sample. Raises OSError, and whatever ``frames`` raises; then no file is touched.
    """
    paths = [folder / animation.file_name for animation in animations]
    if len(set(paths)) < len(paths):
        raise ValueError("two animations of one name")

    drawn = (frame for frame in frames if frame is not None)

    def counted(animation: Animation) -> Iterator[Any]:
        for frame in islice(drawn, animation.frame_count):
            yield animation.finish(frame)
            frame_written()

    with atomic_files(paths) as files:
        for animation, file in zip(animations, files, strict=True):
            samples = [animation.finish(frame) for frame in islice(drawn, len(animation.samples))]
            animation.format.write(counted(animation), samples, animation.timing, file)
        if next(drawn, None) is not None:  # also the last moment at which it can be cancelled
            raise ValueError("more frames than announced")
    return paths


class EncoderThread(threading.Thread):
    """Writes animations from frames that another thread puts in; neither waits for the other long.

    One thread calls put, finish and cancel, none of which blocks. When the thread has ended, one
    of ``paths``, ``error`` and neither (it was cancelled) is set.
    """

    def __init__(self, animations: Sequence[Animation], folder: Path) -> None:
        super().__init__(name="export-encoder", daemon=True)
        self._animations = animations
        self._folder = folder
        self._queue: Queue[Any] = Queue(FRAMES_AHEAD)
        self._cancelled = False
        self.frames_written = 0
        self.paths: list[Path] | None = None
        self.error: Exception | None = None

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another frame just now."""
        return self._queue.full()

    def put(self, frame: Any) -> None:
        """Hand over the next frame; only while not full."""
        self._queue.put_nowait(frame)

    def finish(self) -> None:
        """Say that there are no more frames; only while not full."""
        self._queue.put_nowait(None)

    def cancel(self) -> None:
        """Make the thread end soon, leaving nothing behind, unless all is in place already."""
        self._cancelled = True
        try:
            while True:
                self._queue.get_nowait()
        except Empty:
            self._queue.put_nowait(None)

    def run(self) -> None:
        """Write the files."""
        try:
            self.paths = write_animations(self._animations, self._folder, self._incoming(), self._count)
        except ExportCancelledError:
            pass
        except Exception as error:  # shown to the person by the thread that started this one
            self.error = error

    def _incoming(self) -> Iterator[Any]:
        while True:
            frame = self._queue.get()
            if self._cancelled:
                raise ExportCancelledError
            if frame is None:
                return
            yield frame

    def _count(self) -> None:
        self.frames_written += 1
