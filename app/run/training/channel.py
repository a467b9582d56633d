"""Messages between two processes: arrays go as they lie in memory, and whoever sends never waits."""

import pickle
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread


def send(connection: Connection, message: object) -> None:
    """Send ``message``; raises OSError where nobody listens any more."""
    buffers: list[pickle.PickleBuffer] = []
    head = pickle.dumps(message, protocol=5, buffer_callback=buffers.append)
    connection.send((head, len(buffers)))
    for buffer in buffers:
        with buffer.raw() as raw:
            connection.send_bytes(raw)


def receive(connection: Connection) -> object:
    """Wait for a message and return it; its arrays are read-only. Raises EOFError or OSError at the other's end."""
    head, buffers = connection.recv()
    return pickle.loads(head, buffers=[connection.recv_bytes() for _ in range(buffers)])


class Outbox(Thread):
    """Sends in a thread of its own what ``put`` is given, so that a slow reader holds up nobody."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(name="outbox", daemon=True)
        self._connection = connection
        self._messages: SimpleQueue[object] = SimpleQueue()

    def put(self, message: object) -> None:
        """Have ``message`` sent; None, the last one, ends the thread."""
        self._messages.put(message)

    def run(self) -> None:
        """Send until the last message (called by the thread)."""
        with suppress(OSError):  # the other process has gone; whoever receives from it notices that, too
            while (message := self._messages.get()) is not None:
                send(self._connection, message)
