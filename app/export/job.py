"""An export in the background of the window, with progress and Cancel; and one that just runs."""

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.export.ahead import AheadThread
from app.export.animation import Animation, draw
from app.export.encoder import EncoderThread, write_animations
from app.export.messages import explain

WAIT_MS = 5  # between looks at an encoder that has no room or is busy with the end

_END = object()

log = logging.getLogger(__name__)


class ExportError(Exception):
    """An export failed; the text is a translated sentence for a person."""


def export(
    animations: Sequence[Animation],
    folder: Path,
    on_progress: Callable[[int, int], None] | None = None,
) -> list[Path]:
    """Write ``animations`` into ``folder``, which must exist, and return the files' paths.

    ``on_progress`` is called with the frames written and those in all. Raises ExportError; then,
    and when it is interrupted, no file has changed.
    """
    total = _count_frames(animations)
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if on_progress is not None:
            on_progress(done, total)

    try:
        return write_animations(animations, folder, draw(animations), count)
    except OSError as error:
        raise ExportError(explain(error, folder)) from error
    except Exception as error:
        raise ExportError(report(error, folder)) from error


class ExportJob(QObject):
    """Writes animations into a folder while the window stays alive.

    What a frame is drawn from is computed in one thread, ahead of time; frames are drawn on the thread of this object,
    a step of one in each turn of its event loop, and encoded in another thread. Exactly one of ``finished``, ``failed``
    and ``cancelled`` is emitted, after start, when nothing of the job is running any more.
    """

    progress = Signal(int, int)  # frames written, frames in all
    finished = Signal(object)  # list[Path]
    failed = Signal(str)  # a translated sentence
    cancelled = Signal()

    def __init__(self, animations: Sequence[Animation], folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._total = _count_frames(animations)
        self._announced = -1
        self._ahead = AheadThread(animations)
        self._frames: Iterator[Any] | None = draw(animations, self._ahead.values())  # None: all have been drawn
        self._within_frame = False
        self._drawing_error: Exception | None = None
        self._encoder = EncoderThread(animations, folder)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take_turn)

    @property
    def is_running(self) -> bool:
        """Whether the job has been started and has not yet announced its end."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin; may be called once."""
        self._ahead.start()
        self._encoder.start()
        self._timer.start(0)

    def cancel(self) -> None:
        """Give the export up; ``cancelled`` follows soon, or ``finished`` if that came first."""
        if self.is_running:
            self._frames = None
            self._ahead.cancel()
            self._encoder.cancel()

    def stop(self, timeout: float = 1.5) -> bool:
        """Cancel, wait at most ``timeout`` seconds, and return whether nothing is running any more.

        For the end of the program. The end has been announced on return, unless it takes longer.
        """
        if self.is_running:
            self.cancel()
            self._encoder.join(timeout)
            self._ahead.join(timeout)
            if not self._alive():
                self._end()
        return not self.is_running

    def _take_turn(self) -> None:
        if not self._alive():
            self._end()
            return
        may_begin = not self._encoder.is_full and self._ahead.is_ready
        wait = self._frames is None or not (self._within_frame or may_begin)
        if not wait:
            self._draw_on()
        interval = WAIT_MS if wait else 0
        if self._timer.interval() != interval:
            self._timer.setInterval(interval)
        self._announce_progress()

    def _alive(self) -> bool:
        if not self._encoder.is_alive():
            self._ahead.cancel()  # after an error of the encoder nobody waits for more
        return self._encoder.is_alive() or self._ahead.is_alive()

    def _draw_on(self) -> None:
        """Take a step of a frame, and hand the frame over if that was the last one."""
        assert self._frames is not None
        try:
            frame = next(self._frames, _END)
        except Exception as error:  # whatever a panel may raise ends the export, not the program
            self._drawing_error = error
            self.cancel()
            return
        self._within_frame = frame is None
        if frame is _END:
            self._encoder.finish()
            self._frames = None
        elif frame is not None:
            self._encoder.put(frame)

    def _announce_progress(self) -> None:
        done = self._encoder.frames_written
        if done != self._announced:
            self._announced = done
            self.progress.emit(done, self._total)

    def _end(self) -> None:
        self._timer.stop()
        self._frames = None
        error = self._drawing_error or self._encoder.error
        if self._encoder.paths is not None:
            self._announce_progress()
            self.finished.emit(self._encoder.paths)
        elif error is not None:
            self.failed.emit(report(error, self._folder))
        else:
            self.cancelled.emit()


def _count_frames(animations: Sequence[Animation]) -> int:
    return sum(animation.frame_count for animation in animations)


def report(error: Exception, folder: Path) -> str:
    """Log ``error`` with all its details, and return the sentence about it."""
    log.error("export into %s failed", folder, exc_info=error)
    return explain(error, folder)
