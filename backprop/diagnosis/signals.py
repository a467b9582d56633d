"""Rules about signals: whether numbers stay finite, activations pass forwards, and deltas back.

Every threshold names where it comes from: what healthy and ill runs of XOR and MNIST showed, or the literature.
"""

import numpy as np

from backprop.arrays import Array
from backprop.diagnosis.cures import (
    better_initializer,
    hidden_activation,
    lower_rate,
    new_seed,
    random_initializer,
    those,
)
from backprop.diagnosis.finding import Case, Cure, Evidence, Finding
from backprop.diagnosis.vital_signs import root_mean_square
from backprop.network import forward

#: Delta of the first layer as a share of the last one's. Healthy networks of 2 to 6 layers measured 0.03 to 3; six
#: layers of sigmoids with Xavier's weights 0.0003 to 0.002.
_VANISHED = 0.01
#: With fewer layers there is no way back to vanish on.
_DEEP = 3
#: The same the other way. Standard normal weights in five ReLU or linear layers gave 400 to 7,000.
_EXPLODED = 100.0
#: Share of units. Healthy ReLU networks had at most 0.14 dead on a batch; too high a learning rate left 0.85 to 1.
_MANY_DEAD = 0.5
_NEARLY_ALL = 0.8
#: With fewer samples a unit that is silent for all of them may speak up for others.
_SAMPLES_TO_BE_DEAD = 32
# What a learning rate is divided by that made numbers overflow: a tenth of 5 still did on XOR with linear units.
_FAR_TOO_HIGH = 100.0
# Weights that differ by less than this share of their size are the same.
_ROUNDING = 1e-3
#: The first steps from random weights say little.
_FIRST_STEPS = 10
# As many samples as it takes to see which units are dead.
_SOME_SAMPLES = 256


def diverged(case: Case) -> Finding | None:
    """Numbers have overflowed. Numbers: ``epoch`` and ``step`` at which they had."""
    objective = case.snapshot.objective
    if case.signs.finite and (objective is None or np.isfinite(objective)):
        return None
    step = case.snapshot.step
    return Finding(
        "diverged",
        "severe",
        {"epoch": case.epoch(step), "step": step},
        layers=tuple(layer.number for layer in case.signs.layers if not np.isfinite(layer.weight_rms)),
        evidence=(Evidence("loss", cursor=case.end_of_step(max(0, step - 1))),),
        cures=(better_initializer(case) or lower_rate(case, during_run=False, divisor=_FAR_TOO_HIGH),),
    )


def symmetric(case: Case) -> Finding | None:
    """All units of a hidden layer have the same weights, and so the same gradient for ever. Numbers: ``units``."""
    for number, layer in enumerate(case.experiment.layers[:-1], 1):
        into, out = case.snapshot.parameters[f"W{number}"], case.snapshot.parameters[f"W{number + 1}"].T
        if layer.units > 1 and _same_columns(into) and _same_columns(out):
            evidence = (Evidence("weights", layer=number),)
            return Finding(
                "symmetric", "severe", {"units": layer.units}, (number,), evidence, (random_initializer(case),)
            )
    return None


def _same_columns(weights: Array) -> bool:
    """Return whether all columns of ``weights`` are equal, but for the rounding that each gets in its own place."""
    tolerance = _ROUNDING * root_mean_square(weights)
    # The last row first: nearly always it shows that they differ.
    return all(bool((np.abs(part - part[:, :1]) <= tolerance).all()) for part in (weights[-1:], weights))


def dead_relu(case: Case) -> Finding | None:
    """ReLU units that no sample of the batch activates, so that no gradient reaches them.

    Numbers: ``dead`` and ``units`` of the layer that has most of them, ``dead_at_start`` the same with the initial
    weights, ``samples`` of the batch.
    """
    samples = len(case.snapshot.rows)
    if not case.full_batch and samples < _SAMPLES_TO_BE_DEAD:
        return None
    ill = [(layer.dead, layer) for layer in case.signs.layers if layer.dead is not None and layer.dead >= _MANY_DEAD]
    if not ill or not case.held_up:
        return None
    share, worst = max(ill, key=lambda pair: pair[0])
    # A network may learn with the others, unless there are hardly any or it has come to a halt.
    if share < _NEARLY_ALL and (case.trend is None or not case.trend.flat):
        return None
    z = case.snapshot.z[worst.number - 1]
    assert z is not None
    at_start = _dead_at_start(case, worst.number)
    killed = at_start < _MANY_DEAD * worst.units
    return Finding(
        "dead_relu",
        "severe" if share == 1.0 else "warning",
        {"dead": round(share * worst.units), "units": worst.units, "dead_at_start": at_start, "samples": samples},
        layers=tuple(layer.number for _, layer in ill),
        evidence=(Evidence("inspector", unit=(worst.number, int(np.argmax((z <= 0).all(axis=0))))),),
        # Where nearly all have died since the start, too large an update pushed them there; one of a few had bad luck.
        cures=those(better_initializer(case), lower_rate(case, during_run=False))
        if killed and share >= _NEARLY_ALL
        else those(better_initializer(case), new_seed(case), hidden_activation(case, "tanh")),
    )


def _dead_at_start(case: Case, number: int) -> int:
    """Return how many units of layer ``number`` the initial weights leave dead on this batch, or on much of it."""
    layers = case.experiment.layers[:number]
    with np.errstate(all="ignore"):
        z, _ = forward(layers, case.snapshot.initial_parameters, case.snapshot.x[:_SOME_SAMPLES])[-1]
        return int(np.count_nonzero((z <= 0).all(axis=0)))


def vanishing(case: Case) -> Finding | None:
    """Delta shrinks from layer to layer on its way back, until the first layers hardly learn.

    Numbers: ``first`` and ``last``, the gradient RMS of the first and the last layer; ``delta_share``, the first
    layer's delta as a share of the last one's. Deltas decide, because a gradient also is small where the shares
    of the samples cancel.
    """
    share = _delta_share(case)
    if share is None or share >= _VANISHED or case.steps < _FIRST_STEPS or not case.held_up:
        return None
    if len(case.signs.layers) < _DEEP:
        return None
    # A layer that is dead, or weights that are all zero, stop a delta altogether; other rules tell of that.
    if share == 0.0:
        return None
    return _gradient_finding(
        case, "vanishing", share, those(hidden_activation(case, "tanh"), hidden_activation(case, "relu"))
    )


def exploding(case: Case) -> Finding | None:
    """Delta grows from layer to layer on its way back, so that any step is too large. Numbers: as of vanishing."""
    share = _delta_share(case)
    if share is None or not share >= _EXPLODED or not case.signs.finite:
        return None
    cure = better_initializer(case) or lower_rate(case, during_run=False)
    return _gradient_finding(case, "exploding", share, (cure,))


def _delta_share(case: Case) -> float | None:
    layers = case.signs.layers
    first, last = layers[0].delta_rms, layers[-1].delta_rms
    return first / last if len(layers) > 1 and first is not None and last else None


def _gradient_finding(case: Case, key: str, share: float, cures: tuple[Cure, ...]) -> Finding:
    first, last = case.signs.layers[0], case.signs.layers[-1]
    return Finding(
        key,
        "warning" if key == "vanishing" else "severe",
        {"first": first.gradient_rms, "last": last.gradient_rms, "delta_share": share},
        layers=(first.number, last.number),
        evidence=(Evidence("weights", layer=first.number),),
        cures=cures,
    )
