"""A rehearsal of an export: one frame to look at, and an estimate, while the window stays alive."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from queue import Empty, Queue
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.export.animation import Animation
from app.export.compose import make_animation
from app.export.estimate import estimate, pairs
from app.export.formats import Kind
from app.export.recording import Recording
from app.export.render import to_image
from app.export.request import ExportRequest, RequestError
from backprop import Cursor

_LOOK_SECONDS = 0.05  # between looks at whether another rehearsal has been asked for

log = logging.getLogger(__name__)


class _OutOfDateError(Exception):
    """Another rehearsal has been asked for since."""


class Rehearsal(QObject):
    """Rehearses the request asked for last; what was asked before is dropped.

    For each request ``refused`` follows, or ``previewed`` and then ``estimated``; a table has no picture. Pictures are
    drawn on the thread of this object, one in each turn of its event loop; all else happens in a thread of its own.
    """

    previewed = Signal(object)  # QImage: the frame asked for, in the size of the export
    estimated = Signal(object)  # Estimate, or None where none can be made
    refused = Signal(str, str)  # the field of ExportRequest to be mended, or "", and a translated sentence
    _wanted = Signal(object, object)  # what to do on this object's thread, and where to put the result

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._threads: list[threading.Thread] = []
        self._animation: Animation | None = None  # kept here: its widgets must not be destroyed in another thread
        self._wanted.connect(self._carry_out)

    def ask(self, request: ExportRequest, recording: Recording, share: float = 1.0) -> None:
        """Rehearse ``request``; the preview is of the frame at ``share`` (0 first, 1 last). Returns at once."""
        self._number += 1
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        arguments = (self._number, request, recording.another(), share)
        thread = threading.Thread(target=self._rehearse, args=arguments, name="export-rehearsal", daemon=True)
        self._threads.append(thread)
        thread.start()

    def drop(self) -> None:
        """Drop what was asked for, and the panels it was drawn with; nothing more is said of it."""
        self._number += 1
        self._animation = None

    def stop(self) -> None:
        """Drop what was asked for, and wait until nothing runs any more."""
        self.drop()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    # --- on the thread of this object

    def _carry_out(self, do: Callable[[], Any], answer: "Queue[Any]") -> None:
        try:
            answer.put(do())
        except Exception as error:
            answer.put(error)

    def _prepare(self, request: ExportRequest, recording: Recording, cursors: list[Cursor]) -> Animation:
        self._animation = make_animation(request, recording, cursors)
        return replace(self._animation, frames=_not_here)

    def _draw(self, number: int, computed: Any) -> Any:
        if self._animation is None or number != self._number:
            raise _OutOfDateError
        return self._animation.frames(computed)

    # --- in a thread of its own

    def _rehearse(self, number: int, request: ExportRequest, recording: Recording, share: float) -> None:
        try:
            request.check(recording)
            cursors = request.cursors(recording)
            if request.format.kind is not Kind.TABLE:
                self._preview(number, request, recording, cursors[round(share * (len(cursors) - 1))])
            animation = self._ask(number, lambda: self._prepare(request, recording, cursors))
            self._estimate(number, animation)
        except RequestError as error:
            if number == self._number:
                self.refused.emit(error.field, str(error))
        except _OutOfDateError:
            pass
        except Exception:
            log.exception("an export could not be rehearsed")
            if number == self._number:
                self.estimated.emit(None)

    def _preview(self, number: int, request: ExportRequest, recording: Recording, cursor: Cursor) -> None:
        picture = replace(request, target=request.target.with_suffix(".png"))
        animation = self._ask(number, lambda: self._prepare(picture, recording, [cursor]))
        self.previewed.emit(to_image(self._ask(number, self._drawing(number, animation.compute(0)))))

    def _estimate(self, number: int, animation: Animation) -> None:
        begun = time.perf_counter()
        drawn = []
        for first in pairs(animation.frame_count):
            neighbours = range(first, min(first + 2, animation.frame_count))
            drawn.append([self._ask(number, self._drawing(number, animation.compute(index))) for index in neighbours])
        seconds = (time.perf_counter() - begun) / sum(map(len, drawn))
        result = estimate(animation, drawn, seconds)
        if number == self._number:
            self.estimated.emit(result)

    def _drawing(
        self, number: int, computed: Any, then: Callable[[Any], Any] = lambda drawn: drawn
    ) -> Callable[[], Any]:
        return lambda: then(self._draw(number, computed))

    def _ask(self, number: int, do: Callable[[], Any]) -> Any:
        """Return what ``do`` returns on the other thread; raises what it raises, or that nobody waits for it."""
        answer: Queue[Any] = Queue()
        self._wanted.emit(do, answer)
        while number == self._number:
            try:
                result = answer.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue
            if isinstance(result, Exception):
                raise result
            return result
        raise _OutOfDateError


def _not_here(computed: Any) -> Any:
    raise RuntimeError("pictures are drawn on the thread of the window")
