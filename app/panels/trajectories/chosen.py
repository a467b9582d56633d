"""Chosen: the parameters whose courses are shown: those that are suggested, and those that a person has added."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.panels.trajectories.parameters import Key

#: More curves than this cannot be told apart.
MOST = 20


class Chosen:
    """Suggestions come and go with the run; what a person adds or removes stays until it is cleared."""

    def __init__(self) -> None:
        self._suggested: list[Key] = []
        self._added: list[Key] = []
        self._removed: set[Key] = set()
        self._suggesting = True
        self._slots: dict[Key, int] = {}

    def keys(self) -> list[Key]:
        """Return what is shown: the suggested ones first, then the added ones in the order they were added."""
        kept = [key for key in self._suggested if key not in self._removed] if self._suggesting else []
        return [*kept, *(key for key in self._added if key not in kept)][:MOST]

    def suggest(self, keys: Sequence[Key]) -> None:
        """Suggest these instead of those before."""
        self._suggested = list(keys)
        self._settle()

    def suggested(self) -> bool:
        """Return whether all suggestions are shown."""
        return self._suggesting and not self._removed.intersection(self._suggested)

    def restore(self) -> None:
        """Show all suggestions again."""
        self._suggesting = True
        self._removed.clear()
        self._settle()

    def add(self, key: Key) -> None:
        """Show ``key`` too; if there are too many then, what was added first goes."""
        self._removed.discard(key)
        if key not in self.keys():
            self._added.append(key)
        while len(self._added) > 1 and key not in self.keys():
            del self._added[0]
        self._settle()

    def remove(self, key: Key) -> None:
        """Show ``key`` no longer."""
        self._removed.add(key)
        if key in self._added:
            self._added.remove(key)
        self._settle()

    def clear(self) -> None:
        """Show nothing."""
        self._suggesting = False
        self._added.clear()
        self._removed.clear()
        self._settle()

    def keep_only(self, exists: Callable[[Key], bool]) -> list[Key]:
        """Forget what does not exist any more, and return what a person had added of that."""
        gone = [key for key in self._added if not exists(key)]
        self._added = [key for key in self._added if exists(key)]
        self._removed = {key for key in self._removed if exists(key)}
        self._suggested = []
        self._settle()
        return gone

    def slot(self, key: Key) -> int:
        """Return a small number that is ``key``'s own as long as it is shown, such as for its colour."""
        return self._slots[key]

    def _settle(self) -> None:
        """Give each new one the smallest number that is free."""
        keys = self.keys()
        self._slots = {key: slot for key, slot in self._slots.items() if key in keys}
        free = iter(sorted(set(range(MOST)) - set(self._slots.values())))
        for key in keys:
            if key not in self._slots:
                self._slots[key] = next(free)
