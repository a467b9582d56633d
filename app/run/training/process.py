"""The process that trains: how the window starts and ends it, and what it does first."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from threading import Thread
from typing import TYPE_CHECKING

from app.run.training.channel import Outbox, receive
from app.run.training.messages import Command

if TYPE_CHECKING:
    from app.run.training.loop import TrainingLoop

# How long the process may take for the step at hand when it is told to end, in seconds.
_PATIENCE = 1.5


def blas_threads() -> int:
    """Return how many threads may multiply matrices in either process: one core stays free for the window.

    Both processes need the same number, as it decides in which order sums are rounded, and the past is computed again
    in the window's process.
    """
    return max(1, (os.cpu_count() or 2) - 1)


class TrainingProcess:
    """A process with one TrainingLoop. Raises OSError when made where no process can be started."""

    def __init__(self) -> None:
        # Forking a process that has threads and Qt would copy locks that nobody releases.
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_train, args=(theirs, blas_threads()), name="training", daemon=True)
        self._process.start()
        theirs.close()
        self._outbox = Outbox(self._connection)
        self._outbox.start()

    @property
    def pid(self) -> int | None:
        """The number by which the system knows the process."""
        return self._process.pid

    def send(self, command: Command) -> None:
        """Post a command; returns at once, however long the process takes to listen.

        One that finds nobody is lost: ``receive`` tells the same.
        """
        self._outbox.put(command)

    def receive(self) -> object:
        """Wait for the next message and return it; raises EOFError or OSError when the process has ended."""
        return receive(self._connection)

    def kill(self) -> None:
        """End the process by force; ``receive`` raises EOFError then."""
        self._process.kill()

    def close(self) -> None:
        """End the process, by force if it does not end by itself."""
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._outbox.put(None)
        self._outbox.join()  # as nobody listens any more, it waits for nobody
        self._connection.close()
        self._process.close()


def _train(connection: Connection, threads: int) -> None:
    """Train until the window says quit, or is gone."""
    # Ctrl+C in a terminal reaches both processes; the window decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import threadpoolctl

    from app.run.training.loop import TrainingLoop

    outbox = Outbox(connection)
    outbox.start()
    loop = TrainingLoop(outbox.put)
    Thread(target=_listen, args=(connection, loop), name="listener", daemon=True).start()
    gc.collect()
    gc.freeze()
    with threadpoolctl.threadpool_limits(threads, user_api="blas"):
        loop.run()
    outbox.put(None)
    outbox.join(_PATIENCE)


def _listen(connection: Connection, loop: TrainingLoop) -> None:
    try:
        while True:
            command = receive(connection)
            assert isinstance(command, Command)
            loop.post(command)
    except (EOFError, OSError):
        loop.post(Command(0, "quit"))
