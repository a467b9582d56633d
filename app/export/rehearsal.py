"""A rehearsal of an export: one frame to look at, and an estimate, while the window stays alive."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from queue import Empty, Queue
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.export.animation import Animation
from app.export.compose import animate, animate_table, draw, make_figure
from app.export.estimate import estimate, pairs
from app.export.figure import Figure
from app.export.formats import Kind
from app.export.recording import Recording
from app.export.request import ExportRequest, RequestError
from app.export.steps import Steps, Turns
from backprop import Snapshot

_LOOK_SECONDS = 0.05  # between looks at whether another rehearsal has been asked for

log = logging.getLogger(__name__)


class _OutOfDateError(Exception):
    """Another rehearsal has been asked for since."""


class Rehearsal(QObject):
    """Rehearses the request asked for last; what was asked before is dropped.

    For each request ``refused`` follows, or ``previewed`` and then ``estimated``; a table has no picture. Pictures are
    drawn on the thread of this object, a step in each turn of its event loop; all else happens in a thread of its own.
    """

    previewed = Signal(object)  # QImage: the frame asked for, in the size of the export
    estimated = Signal(object)  # Estimate, or None where none can be made
    refused = Signal(str, str)  # the field of ExportRequest to be mended, or "", and a translated sentence
    _wanted = Signal(int, object, object)  # a number, steps for this object's thread, and where to put the result

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._threads: list[threading.Thread] = []
        self._figure: Figure | None = None  # kept here: its widgets must not be destroyed in another thread
        self._turns: Turns | None = None
        self._wanted.connect(self._carry_out)

    def ask(self, request: ExportRequest, recording: Recording, share: float = 1.0) -> None:
        """Rehearse ``request``; the preview is of the frame at ``share`` (0 first, 1 last). Returns at once."""
        self._stop_turns()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        arguments = (self._number, request, recording.another(), share)
        thread = threading.Thread(target=self._rehearse, args=arguments, name="export-rehearsal", daemon=True)
        self._threads.append(thread)
        thread.start()

    def drop(self) -> None:
        """Drop what was asked for, and the panels it was drawn with; nothing more is said of it."""
        self._stop_turns()
        self._figure = None

    def stop(self) -> None:
        """Drop what was asked for, and wait until nothing runs any more."""
        self.drop()
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    # --- on the thread of this object

    def _stop_turns(self) -> None:
        self._number += 1
        if self._turns is not None:
            self._turns.stop()
            self._turns.deleteLater()
            self._turns = None

    def _carry_out(self, number: int, begin: Callable[[], Steps[Any]], answer: "Queue[Any]") -> None:
        if number == self._number:
            if self._turns is not None:
                self._turns.deleteLater()
            self._turns = Turns(begin(), answer.put, self)

    def _make_figure(self, request: ExportRequest, recording: Recording) -> Steps[None]:
        self._figure = yield from make_figure(request, recording)

    def _draw(self, request: ExportRequest, snapshot: Snapshot) -> Steps[Any]:
        assert self._figure is not None
        return draw(self._figure, request, snapshot)

    # --- in a thread of its own

    def _rehearse(self, number: int, request: ExportRequest, recording: Recording, share: float) -> None:
        try:
            request.check(recording)
            cursors = request.cursors(recording)
            if request.format.kind is Kind.TABLE:
                animation = animate_table(request, recording, cursors)
            else:
                self._ask(number, lambda: self._make_figure(request, recording))
                picture = replace(request, target=request.target.with_suffix(".png"))
                moment = recording.snapshot_at(cursors[round(share * (len(cursors) - 1))])
                self.previewed.emit(self._ask(number, lambda: self._draw(picture, moment)))
                animation = animate(lambda snapshot: self._draw(request, snapshot), request, recording, cursors)
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

    def _estimate(self, number: int, animation: Animation) -> None:
        begun = time.perf_counter()
        drawn = []
        for first in pairs(animation.frame_count):
            neighbours = range(first, min(first + 2, animation.frame_count))
            computed = map(animation.compute, neighbours)
            drawn.append([self._ask(number, partial(animation.frames, one)) for one in computed])
        seconds = (time.perf_counter() - begun) / sum(map(len, drawn))
        result = estimate(animation, drawn, seconds)
        if number == self._number:
            self.estimated.emit(result)

    def _ask(self, number: int, begin: Callable[[], Steps[Any]]) -> Any:
        """Return what comes of the steps on the other thread; raises what they raise, or that nobody waits for it."""
        answer: Queue[Any] = Queue()
        self._wanted.emit(number, begin, answer)
        while number == self._number:
            try:
                result = answer.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue
            if isinstance(result, Exception):
                raise result
            return result
        raise _OutOfDateError
