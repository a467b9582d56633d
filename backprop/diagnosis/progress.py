"""Rules about progress: how the loss went, and how large the updates are that should lower it.

Every threshold names where it comes from: what healthy and ill runs of XOR and MNIST showed, or the literature.
"""

import numpy as np

from backprop.diagnosis.cures import brisk_rate, double_rate, lower_rate, more_units, new_seed, those
from backprop.diagnosis.finding import SMALL_SET, Case, Evidence, Finding
from backprop.diagnosis.loss_trend import FLAT

#: The loss as a share of the baseline: lower, and a flat curve means that there is not much left to learn.
_STILL_HIGH = 0.1
#: On a plateau the whole slope is this shallow (see VitalSigns.steepness). Measured on XOR: 0.0002 to 0.07 on plateaus,
#: 0.3 and more where the loss falls or only the learning rate is too low.
_SHALLOW = 0.1
_STEPS_TO_BE_FLAT = 100
#: A run is stuck after so many steps at a loss that is flat and falls ever more slowly; XOR's slowest healthy seeds
#: leave their plateau after 2,500, but gather speed all the while.
_STEPS_TO_BE_STUCK = 500
#: A stretch (three tenths of the steps) that took off less of the loss is a standstill, not only flat.
_STANDSTILL = 0.01
#: Gathering speed counts from this share of the loss; less is the rounding of a run that stands still.
_SPEED = 0.001
#: A sample is wrong whose output is off by more, right if by less than the second: with a target of 0 or 1 an output
#: near 0.5 is not an answer.
_WRONG = 0.4
_RIGHT = 0.25
#: All updates of the run, if none grew smaller, would lower the loss by less than this share of it: it is too slow.
#: Healthy runs measured 5 to 10,000, learning rates of a thousandth of theirs 0.03.
_WHOLE_RUN = 0.5
#: The loss has hardly left where it began.
_HARDLY_LEFT = 0.8
#: Updates of more than this share of the weights, after the first steps, replace what was learnt. A rule of thumb has
#: 0.001 (Karpathy, CS231n); healthy runs measured up to 0.3 within their first ten steps, and 0.02 later.
_HUGE_RATIO = 0.5
_FIRST_STEPS = 10
#: With full batches a step that is small enough never raises the loss. Measured on XOR: 0 with healthy learning rates
#: (up to 0.22 of the steps with ReLU, but by 0.001), 0.2 to 0.6 by 0.1 to 0.6 with ten times as high ones.
_OFTEN = 0.15
_MUCH = 0.1


def rate_too_high(case: Case) -> Finding | None:
    """Steps so large that they jump over the valley: the loss rises, or swings, or weights are replaced wholesale.

    Numbers: ``learning_rate``; ``sign``, which of "swings", "rises" and "ratio" shows it; ``often`` and ``much``, the
    share of the last 50 steps that raised the loss, and by which share of it on average; ``lowest``, ``lowest_epoch``
    and ``latest`` of the loss; ``ratio``, the largest update-to-weight ratio, or None.
    """
    trend, ratio = case.trend, case.signs.largest_ratio
    sign, where = "", max(0, case.steps - 1)
    if trend is not None and case.full_batch and trend.jitter >= _OFTEN and trend.jump >= _MUCH:
        sign = "swings"
    elif trend is not None and trend.risen and trend.drop < FLAT:
        sign, where = "rises", trend.lowest_step
    elif ratio is not None and case.steps > _FIRST_STEPS and ratio > _HUGE_RATIO and case.signs.finite:
        sign = "ratio"
    if not sign:
        return None
    numbers = {
        "learning_rate": case.snapshot.learning_rate,
        "sign": sign,
        "often": trend.jitter if trend is not None else 0.0,
        "much": trend.jump if trend is not None else 0.0,
        "lowest": trend.lowest if trend is not None else None,
        "lowest_epoch": case.epoch(trend.lowest_step) if trend is not None else None,
        "latest": trend.latest if trend is not None else None,
        "ratio": ratio,
    }
    layers = tuple(layer.number for layer in case.signs.layers if (layer.update_ratio or 0.0) > _HUGE_RATIO)
    evidence = (Evidence("loss", cursor=case.end_of_step(where) if sign == "rises" else None),)
    now, anew = lower_rate(case, during_run=True), lower_rate(case, during_run=False)
    cures = (anew, now) if sign == "rises" else (now, anew)
    return Finding("rate_too_high", "warning", numbers, layers, evidence, cures)


def rate_too_low(case: Case) -> Finding | None:
    """The slope is there, but the steps down it are so small that the whole run would hardly move.

    Numbers: ``learning_rate``; ``ratio``, the largest update-to-weight ratio; ``steps`` of the whole run; ``fall``,
    the share of the loss that all of them would take off together at this pace.
    """
    fall, ratio = _fall_of_whole_run(case), case.signs.largest_ratio
    if fall is None or not ratio or fall >= _WHOLE_RUN:
        return None
    numbers = {
        "learning_rate": case.snapshot.learning_rate,
        "ratio": ratio,
        "steps": case.steps_in_all,
        "fall": fall,
    }
    layers = tuple(layer.number for layer in case.signs.layers)
    return Finding("rate_too_low", "warning", numbers, layers, (Evidence("loss"),), (brisk_rate(case, ratio),))


def _fall_of_whole_run(case: Case) -> float | None:
    """Return what share of the loss the run takes off in all at the pace of this step; None where that says nothing."""
    trend, steepness, objective = case.trend, case.signs.steepness, case.snapshot.objective
    if trend is None or steepness is None or not objective or steepness < _SHALLOW:
        return None
    begin = float(case.history.step_mse[:_FIRST_STEPS].mean())
    if trend.latest < _HARDLY_LEFT * begin or not _still_high(case):
        return None
    if case.full_batch and trend.gathers_speed:
        return None  # it is about to leave a plateau
    squared = sum(layer.inputs * layer.units * (layer.gradient_rms or 0.0) ** 2 for layer in case.signs.layers)
    a_step = case.snapshot.learning_rate * squared / abs(objective)
    return a_step * case.steps_in_all


def stuck(case: Case) -> Finding | None:
    """A few samples of a small training set stay wrong, at a loss that falls ever more slowly: a local minimum.

    Numbers: ``wrong``, the samples in the data set's order; ``inputs``, ``outputs`` and ``targets`` of each, tuples;
    ``right``, how many are answered well; ``latest`` of the loss; ``since``, the epoch from which it hardly changed.
    """
    trend, errors = case.trend, case.errors
    if trend is None or errors is None or not _lies_flat(case) or (trend.gathers_speed and trend.drop > _SPEED):
        return None
    if not case.full_batch or len(errors) > SMALL_SET or case.steps < _STEPS_TO_BE_STUCK or trend.drop > _STANDSTILL:
        return None
    off = errors.max(axis=1)
    wrong = sorted((case.sample(int(row)), int(row)) for row in np.flatnonzero(off > _WRONG))
    right = int(np.count_nonzero(off < _RIGHT))
    if not wrong or not right:
        return None
    snapshot = case.snapshot
    outputs = snapshot.a[-1]
    assert outputs is not None
    numbers = {
        "wrong": tuple(sample for sample, _ in wrong),
        "inputs": tuple(tuple(map(float, snapshot.x[row])) for _, row in wrong),
        "outputs": tuple(tuple(map(float, outputs[row])) for _, row in wrong),
        "targets": tuple(tuple(map(float, snapshot.y[row])) for _, row in wrong),
        "right": right,
        "latest": trend.latest,
        "since": case.epoch(flat_since(case)),
    }
    evidence = (Evidence("samples", sample=wrong[0][0]), Evidence("loss", cursor=case.end_of_step(flat_since(case))))
    return Finding("stuck", "warning", numbers, (), evidence, those(new_seed(case), more_units(case)))


def plateau(case: Case) -> Finding | None:
    """The loss hardly changes though it is high: the slope is shallow in every direction.

    Numbers: ``since``, the epoch from which it hardly changed; ``latest`` and ``before``, the loss now and then;
    ``steepness``, or None; ``leaving``, whether it falls faster and faster; ``chance``, whether all samples get about
    the mean answer.
    """
    trend = case.trend
    steepness = case.signs.steepness
    if trend is None or case.steps < _STEPS_TO_BE_FLAT or not _lies_flat(case):
        return None
    if (steepness is not None and steepness >= _SHALLOW) or stuck(case) is not None:
        return None
    since = flat_since(case)
    numbers = {
        "since": case.epoch(since),
        "latest": trend.latest,
        "before": trend.quarters[0],
        "steepness": steepness,
        "leaving": trend.gathers_speed,
        "chance": case.level is not None and abs(case.level - 1.0) < 2.0 * FLAT,
    }
    seed = new_seed(case) if case.full_batch and not trend.gathers_speed else None
    evidence = (Evidence("loss", cursor=case.end_of_step(since)),)
    return Finding("plateau", "note", numbers, (), evidence, those(double_rate(case), seed))


def _lies_flat(case: Case) -> bool:
    """Whether the loss is high and hardly changes, and not for want of larger steps."""
    return case.trend is not None and case.trend.flat and _still_high(case) and rate_too_low(case) is None


def _still_high(case: Case) -> bool:
    return case.level is not None and case.level > _STILL_HIGH


def flat_since(case: Case) -> int:
    """Return the first step from which the loss stayed within ``FLAT`` of what it is now."""
    trend, record = case.trend, case.history.step_mse
    assert trend is not None
    if not case.full_batch:
        return trend.first
    away = np.flatnonzero(np.abs(record - record[-1]) > FLAT * record[-1])
    return int(away[-1]) + 1 if len(away) else 0
