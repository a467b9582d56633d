"""Which moments of a run get a frame: every n-th epoch, batch or phase, or a number of frames spread over a range."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.export.recording import Recording
from app.run.pace import Unit
from backprop import Cursor

# Lengths of the way that the parameters went are measured between so many keyframes at most.
_MEASURED = 1000


@dataclass(frozen=True)
class Every:
    """Each ``count``-th ``unit``, as it is when the unit is complete, beginning with the first one of the range."""

    count: int = 1
    unit: Unit = Unit.EPOCH


@dataclass(frozen=True)
class Spread:
    """``frames`` moments from the first to the last of the range, both included, or fewer where there are fewer.

    They are equally far apart in time or, with ``even_change``, so that the parameters change equally much from one to
    the next: by the length of the way they went, from keyframe to keyframe.
    """

    frames: int = 100
    even_change: bool = False


@dataclass(frozen=True)
class Moments:
    """A range of a run, ``last`` included, and the moments chosen from it. None: from the start, to the newest."""

    spacing: Every | Spread = Spread()
    first: Cursor | None = None
    last: Cursor | None = None

    def cursors(self, recording: Recording) -> list[Cursor]:
        """Return the moments, ascending; empty where no unit ends within the range. May take a tenth of a second."""
        return [recording.clock.cursor(position) for position in self._positions(recording)]

    def last_cursor(self, recording: Recording) -> Cursor:
        """Return the last moment of the range."""
        return recording.clock.cursor(self._range(recording)[1])

    def _range(self, recording: Recording) -> tuple[int, int]:
        clock = recording.clock
        reached = clock.position(recording.reached)
        last = reached if self.last is None else min(clock.position(self.last), reached)
        first = 0 if self.first is None else min(clock.position(self.first), last)
        return first, last

    def _positions(self, recording: Recording) -> list[int]:
        first, last = self._range(recording)
        if isinstance(self.spacing, Every):
            clock = recording.clock
            length = {Unit.PHASE: 1, Unit.BATCH: clock.end_of_step(1), Unit.EPOCH: clock.end_of_epoch(1)}
            unit = length[self.spacing.unit]
            # Of the moment before a batch, the unit that is complete then is no longer of interest.
            before = self.first is None or self.first.phase == 0
            begun = (first if before else first - 1) // unit
            return list(range((begun + 1) * unit, last + 1, self.spacing.count * unit))
        shares = np.linspace(0.0, 1.0, self.spacing.frames) if self.spacing.frames > 1 else np.ones(1)
        if self.spacing.even_change:
            steps, way = way_travelled(recording, first, last)
            if way[-1] > 0:
                return _distinct(np.interp(shares * way[-1], way, steps))
        return _distinct(first + shares * (last - first))


def way_travelled(recording: Recording, first: int, last: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return positions from ``first`` to ``last``, and how far the parameters had come at each since the first one.

    The way is the sum of the norms of the differences between neighbouring keyframes. A range that ends between two
    keyframes gets its share of what lies between them; after the newest one, the way goes on as it did before.
    """
    phases = recording.clock.phases_per_step
    keyframes = recording.timeline.keyframes
    steps: list[int] = []
    way: list[float] = []
    before: NDArray[np.float64] | None = None
    size = sum(value.size for value in recording.snapshot_at(Cursor()).parameters.values())
    for step in np.unique(np.linspace(first // phases, -(-last // phases), _MEASURED).astype(int)):
        at, vector = keyframes.before(int(step))
        parameters = vector[:size].astype(np.float64)
        if steps and at == steps[-1]:
            continue
        way.append(0.0 if before is None else way[-1] + float(np.linalg.norm(parameters - before)))
        steps.append(at)
        before = parameters
    positions = np.array(steps, float) * phases
    lengths = np.array(way)
    if positions[-1] < last:
        beyond = last - positions[-1]
        slope = (lengths[-1] - lengths[-2]) / (positions[-1] - positions[-2]) if len(way) > 1 else 0.0
        positions, lengths = np.append(positions, last), np.append(lengths, lengths[-1] + slope * beyond)
    inside = np.unique(np.concatenate(([first], positions[(positions > first) & (positions < last)], [last])))
    travelled = np.interp(inside, positions, lengths)
    return inside, travelled - travelled[0]


def _distinct(positions: NDArray[np.float64]) -> list[int]:
    return sorted({round(position) for position in positions.tolist()})
