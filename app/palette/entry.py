"""Entry: one thing that the palette can do."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """What is done is ``title``, of the ``kind`` that stands before it; ``hint`` says more.

    ``name`` is the same in every language and from start to start, so that it can be remembered. An entry with a
    ``reason`` cannot be used now.
    """

    name: str
    kind: str
    title: str
    run: Callable[[], object]
    hint: str = ""
    keys: str = ""
    reason: str = ""
