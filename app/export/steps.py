"""Steps: work of the window's thread that is done in short pieces, between which the window lives on."""

from collections.abc import Callable, Generator
from typing import Any, ParamSpec, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")
P = ParamSpec("P")

#: Yields between two pieces, and returns what came of them.
Steps: TypeAlias = Generator[None, None, T]


def in_one_step(function: Callable[P, T]) -> Callable[P, Steps[T]]:
    """Return ``function`` as steps of which there is only one."""

    def steps(*args: P.args, **kwargs: P.kwargs) -> Steps[T]:
        yield from ()
        return function(*args, **kwargs)

    return steps


def at_once(steps: Steps[T]) -> T:
    """Take all ``steps`` one after another, and return what came of them."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


class Turns(QObject):
    """Takes steps, one in each turn of the event loop, and calls ``then`` with what came of them, or with the error."""

    def __init__(self, steps: Steps[Any], then: Callable[[Any], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._then = then
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._take_one)
        self._timer.start(0)

    def stop(self) -> None:
        """Take no more steps; nobody is called then."""
        self._timer.stop()
        self._steps.close()

    def _take_one(self) -> None:
        try:
            next(self._steps)
        except StopIteration as end:
            self._end(end.value)
        except Exception as error:  # for whoever waits for the result
            self._end(error)

    def _end(self, result: object) -> None:
        self._timer.stop()
        self._then(result)
