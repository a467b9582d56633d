"""Loss trend: how the loss went lately, told apart from the noise of its batches."""

import math
from dataclasses import dataclass

import numpy as np

from backprop.arrays import Array
from backprop.history import HistoryView

#: The stretch looked at: this share of the steps recorded, but no fewer steps than that.
_WINDOW_SHARE = 0.3
_SHORTEST_WINDOW = 100
#: A stretch whose loss falls by less than this share of itself is flat; 2 % is what an eye sees on the chart.
FLAT = 0.02
#: The whole record in so many stretches shows whether the loss has risen.
_STRETCHES = 20
_SHORTEST_STRETCH = 10
#: The loss has risen where the latest stretch is this many times the lowest before it. Healthy MNIST runs stay below
#: 1.15, since their batches differ; a learning rate that is too high gives 1.5 and more.
RISEN = 1.3
_FEWEST_STEPS = 40
# Of a longer stretch, so many steps evenly spaced: as good a mean, in a tenth of a millisecond.
_MOST_STEPS = 20_000


@dataclass(frozen=True)
class LossTrend:
    """The loss of the steps from ``first`` up to ``steps``, counted from 0, in four quarters with a mean each.

    ``noise`` is the standard error of a quarter's mean. ``lowest`` is the lowest mean of all earlier stretches of the
    record and ``lowest_step`` where that stretch ends. ``jitter`` is the share of the last steps that raised the
    loss, by ``jump`` of itself on average: with full batches small enough steps never raise it.
    """

    first: int
    steps: int
    quarters: tuple[float, float, float, float]
    noise: float
    lowest: float
    lowest_step: int
    jitter: float
    jump: float

    @property
    def latest(self) -> float:
        """The loss now, averaged over the last quarter."""
        return self.quarters[3]

    @property
    def drop(self) -> float:
        """The share of the loss that was lost from the first to the last quarter; negative where it rose."""
        return 1.0 - self.quarters[3] / self.quarters[0] if self.quarters[0] else 0.0

    @property
    def flat(self) -> bool:
        """Whether the loss hardly changed, and the batches are even enough to tell."""
        before = self.quarters[0]
        return bool(before) and abs(before - self.latest) + 2.0 * self.noise < FLAT * before

    @property
    def gathers_speed(self) -> bool:
        """Whether the loss fell faster in the second half than in the first, as it does on leaving a plateau."""
        first, second, third, fourth = self.quarters
        return third - fourth > max(first - second, 0.0)

    @property
    def risen(self) -> bool:
        """Whether the loss is clearly higher than it has been."""
        return self.latest - 2.0 * self.noise > RISEN * self.lowest


def loss_trend(history: HistoryView) -> LossTrend | None:
    """Return the trend of the loss of ``history``'s steps; None before there are enough of them."""
    record = history.step_mse
    steps = len(record)
    if steps < _FEWEST_STEPS:
        return None
    with np.errstate(all="ignore"):
        window = min(steps, max(_SHORTEST_WINDOW, round(_WINDOW_SHARE * steps)))
        quarter = window // 4
        parts = [_thin(record[steps - (4 - k) * quarter : steps - (3 - k) * quarter]) for k in range(4)]
        (first, second, third, fourth), errors = zip(*map(_mean_and_error, parts), strict=True)
        lowest, lowest_step = _lowest(record)
        jitter, jump = _jitter(record[-51:])
    return LossTrend(
        steps - 4 * quarter, steps, (first, second, third, fourth), max(errors), lowest, lowest_step, jitter, jump
    )


def _mean_and_error(part: Array) -> tuple[float, float]:
    """Return the mean of ``part`` and its standard error."""
    size = len(part)
    mean = float(part.sum()) / size
    variance = float(part.dot(part)) / size - mean * mean
    return mean, math.sqrt(max(0.0, variance) / size)


def _thin(part: Array) -> Array:
    return part[:: -(-len(part) // (_MOST_STEPS // 4))]


def _lowest(record: Array) -> tuple[float, int]:
    """Return the lowest mean of all stretches but the last, and where it ends."""
    length = max(_SHORTEST_STRETCH, len(record) // _STRETCHES)
    count = len(record) // length
    stretches = record[: count * length].reshape(count, length)
    means = stretches[:-1, :: -(-length * count // _MOST_STEPS)].mean(axis=1)
    where = int(means.argmin())
    return float(means[where]), (where + 1) * length


def _jitter(last: Array) -> tuple[float, float]:
    changes = np.diff(last)
    rises = changes[changes > 0]
    mean = float(last.mean())
    return len(rises) / len(changes), float(rises.mean()) / mean if len(rises) and mean else 0.0
