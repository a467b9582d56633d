"""How large the file will be and how long it takes to make, from a few frames drawn and encoded."""

import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from app.export.animation import Animation
from app.export.formats import Kind
from app.export.formats.timing import Timing

_PLACES = 3
_SWINGS = 2


@dataclass(frozen=True)
class Estimate:
    """``frames`` frames of an animation that lasts ``duration_ms``; of its file's ``bytes`` and the ``seconds`` to
    make it half to twice as many are to be expected.
    """

    frames: int
    duration_ms: int
    bytes: int
    seconds: float


def pairs(frame_count: int) -> list[int]:
    """Return the first indices of the pairs of neighbouring frames that stand for all."""
    last = max(0, frame_count - 2)
    return sorted({last * place // (_PLACES - 1) for place in range(_PLACES)})


def estimate(animation: Animation, drawn: Sequence[Sequence[Any]], seconds_a_frame: float) -> Estimate:
    """Return the estimate from ``drawn``, the one or two neighbouring frames at each of ``pairs``.

    ``seconds_a_frame`` is what computing and drawing one took. This encodes for up to a second: not for the window's
    thread.
    """
    drawn = [[animation.finish(frame) for frame in frames] for frames in drawn]
    samples = [frames[0] for frames in drawn]
    first = [_encode(animation, frames[:1], samples) for frames in drawn]
    size, spent = (_mean(column) for column in zip(*first, strict=True))
    more_size = more_spent = 0.0
    if animation.frame_count > 1:
        # Back and forth between the two, as what a single frame more takes can hardly be told from the rest.
        several = [_encode(animation, _SWINGS * [*frames], samples) for frames in drawn]
        count = 2 * _SWINGS - 1
        more_size = _mean([after - before for (before, _), (after, _) in zip(first, several, strict=True)]) / count
        more_spent = median([after - before for (_, before), (_, after) in zip(first, several, strict=True)]) / count
    more = animation.frame_count - 1
    return Estimate(
        animation.frame_count,
        animation.timing.total_ms if animation.format.kind is Kind.ANIMATION else 0,
        round(size + more * max(0.0, more_size)),
        spent + more * max(0.0, more_spent) + animation.frame_count * seconds_a_frame,
    )


def _encode(animation: Animation, frames: Sequence[Any], samples: Sequence[Any]) -> tuple[int, float]:
    with tempfile.TemporaryFile() as file:  # a real one, as another program may write it
        begun = time.perf_counter()
        animation.format.write(frames, samples, Timing(len(frames), animation.duration_ms), file)
        file.seek(0, os.SEEK_END)
        return file.tell(), time.perf_counter() - begun


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
