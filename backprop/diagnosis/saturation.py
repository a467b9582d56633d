"""Rules about saturation: values where an activation is flat, so that no gradient passes.

Every threshold names where it comes from: what healthy and ill runs of XOR and MNIST showed, or the literature.
"""

import numpy as np

from backprop.arrays import Array
from backprop.chain_rule.unit import SATURATED
from backprop.diagnosis.cures import better_initializer, cross_entropy, lower_rate, new_seed, those
from backprop.diagnosis.finding import SMALL_SET, Case, Cure, Evidence, Finding
from backprop.diagnosis.vital_signs import SATURATING, LayerSigns, slope_share

#: Share of a hidden layer's values. Xavier's weights gave 0 to 0.1 on MNIST, standard normal ones 0.6 to 0.9.
_MANY_SATURATED = 0.5
#: A network of a few units needs saturated ones: three of XOR's eight hidden values are in the end.
_MANY_UNITS = 8
#: Less than this share right of a class of the test set, while others reach _AWAKE, is a class asleep (measured on the
#: MNIST lesson: 0 to 0.04 asleep, 0.85 and more awake).
ASLEEP = 0.05
_AWAKE = 0.5
#: An output off by more than this is wrong; so much of the wrong ones must be saturated, and so many of the samples
#: have one. Measured over the first epoch of MNIST: lesson 0.59 to 0.98 of the wrong ones, with Xavier's weights and
#: a learning rate that suits them 0 to 0.45.
_WRONG = 0.5
_MOSTLY = 0.5
_ENOUGH_WRONG = 0.1
#: Steps until outputs, and hidden layers, have settled from where random weights put them.
_SETTLED_STEPS = 100
_LONG_SETTLED_STEPS = 300


def saturated_layer(case: Case) -> Finding | None:
    """Most values of a hidden layer lie where its activation is flat, so that little gradient gets through.

    Numbers: ``saturated``, the share of the layer's values; ``samples`` of the batch.
    """
    if case.steps < _LONG_SETTLED_STEPS or not case.held_up:
        return None
    ill = [
        (layer.saturated, layer)
        for layer in case.signs.layers[:-1]
        if layer.saturated is not None and layer.saturated >= _MANY_SATURATED and layer.units >= _MANY_UNITS
    ]
    if not ill:
        return None
    share, worst = max(ill, key=lambda pair: pair[0])
    return Finding(
        "saturated_layer",
        "note",
        {"saturated": share, "samples": len(case.snapshot.rows)},
        layers=tuple(layer.number for _, layer in ill),
        evidence=(_most_saturated_unit(case, worst),),
        cures=those(better_initializer(case)),
    )


def _most_saturated_unit(case: Case, layer: LayerSigns) -> Evidence:
    shares = _slope_shares(case, layer.number)
    unit = 0 if shares is None else int(np.argmax((shares < SATURATED).sum(axis=0)))
    return Evidence("inspector", unit=(layer.number, unit))


def _slope_shares(case: Case, number: int) -> Array | None:
    z, a = case.snapshot.z[number - 1], case.snapshot.a[number - 1]
    if z is None or a is None:
        return None
    with np.errstate(all="ignore"):
        return slope_share(case.experiment.layers[number - 1].activation, z, a)


def saturated_outputs(case: Case) -> Finding | None:
    """Outputs that are wrong and saturated: f'(z) near zero takes the gradient away that would mend them.

    That happens where the objective is the squared error, whose delta has the factor f'(z). Numbers: ``asleep``, the
    classes that are answered hardly ever (of the test set, once it was predicted, else in this batch), as indices;
    ``woken``, pairs of a class that slept and the epoch it woke in, and ``gain`` of the last of them in accuracy;
    ``share`` of the wrong outputs of this batch (of classes asleep) that are saturated, None where there are none;
    ``samples``, wrong ones of the training set where it is small enough to be one batch.
    """
    output = case.experiment.layers[-1]
    if case.experiment.loss not in ("half_squared_error", "mean_half_squared_error"):
        return None
    if output.activation not in SATURATING or case.steps < _SETTLED_STEPS:
        return None
    wrong = None if case.errors is None else case.errors > _WRONG
    asleep = _asleep_in_test_set(case)
    if asleep:
        share = _saturated_share(case, asleep)
        ill = share is None or share >= _MOSTLY
    elif _tested(case) and _awake(case):
        return None
    else:
        share = _saturated_share(case, ())
        ill = wrong is not None and bool(wrong.any(axis=1).mean() >= _ENOUGH_WRONG) and (share or 0.0) >= _MOSTLY
        asleep = _asleep_in_batch(case) if ill else ()
    if not ill:
        return None
    samples: tuple[int, ...] = ()
    if case.full_batch and wrong is not None and len(wrong) <= SMALL_SET:
        samples = tuple(sorted(case.sample(int(row)) for row in np.flatnonzero(wrong.any(axis=1))))
    woken, gain = _woken(case)
    return Finding(
        "saturated_outputs",
        "warning",
        {"asleep": asleep, "woken": woken, "gain": gain, "share": share, "samples": samples},
        layers=(len(case.experiment.layers),),
        evidence=_where_outputs_sleep(case, asleep, samples),
        cures=those(cross_entropy(case), _gentler_start(case)),
    )


def _gentler_start(case: Case) -> Cure:
    other = new_seed(case) if case.full_batch else lower_rate(case, during_run=False)
    return better_initializer(case) or other


def _saturated_share(case: Case, classes: tuple[int, ...]) -> float | None:
    """Return how much of this batch's wrong outputs is saturated, of ``classes`` only where there are some."""
    shares = _slope_shares(case, len(case.experiment.layers))
    if shares is None or case.errors is None:
        return None
    wrong = case.errors > _WRONG
    if classes:
        shares, wrong = shares[:, list(classes)], wrong[:, list(classes)]
    count = np.count_nonzero(wrong)
    return float(np.count_nonzero(wrong & (shares < SATURATED)) / count) if count else None


def _tested(case: Case) -> bool:
    by_class = case.history.class_accuracy
    return len(by_class) > 0 and by_class.shape[1] > 1


def _awake(case: Case) -> bool:
    """Whether the test set, which has been predicted, shows a class that is answered."""
    return bool((case.history.class_accuracy[-1] >= _AWAKE).any())


def _asleep_in_test_set(case: Case) -> tuple[int, ...]:
    """Return the classes that sleep after the last epoch, where at least one other is awake."""
    if not _tested(case) or not _awake(case):
        return ()
    return tuple(int(k) for k in np.flatnonzero(case.history.class_accuracy[-1] < ASLEEP))


def _asleep_in_batch(case: Case) -> tuple[int, ...]:
    """Return the outputs that are never near their target where it is high."""
    if case.errors is None or case.snapshot.y.shape[1] == 1:
        return ()
    high = case.snapshot.y > 0.5
    wrong = case.errors > _WRONG
    return tuple(int(k) for k in range(high.shape[1]) if high[:, k].any() and wrong[high[:, k], k].all())


def _woken(case: Case) -> tuple[tuple[tuple[int, int], ...], float]:
    """Return (class, epoch) of every class that woke after having slept, and what the last of them gained."""
    by_class, accuracy = case.history.class_accuracy, case.history.accuracy
    woken: list[tuple[int, int]] = []
    for k in range(by_class.shape[1]):
        epochs = np.flatnonzero(by_class[:, k] >= _AWAKE)
        if len(epochs) and epochs[0] > 0 and by_class[epochs[0] - 1, k] < _AWAKE:
            woken.append((k, int(epochs[0])))
    woken.sort(key=lambda pair: pair[1])
    gain = float(accuracy[woken[-1][1]] - accuracy[woken[-1][1] - 1]) if woken else 0.0
    return tuple(woken), gain


def _where_outputs_sleep(case: Case, asleep: tuple[int, ...], samples: tuple[int, ...]) -> tuple[Evidence, ...]:
    """Return where outputs that sleep can be seen: the accuracy by class, and the unit's activation."""
    last = len(case.experiment.layers)
    unit = (last, asleep[0] if asleep else 0)
    sample: int | None = samples[0] if samples else None
    if asleep and not samples:
        rows = np.flatnonzero(case.snapshot.y[:, asleep[0]] > 0.5)
        sample = case.sample(int(rows[0])) if len(rows) else None
    seen = Evidence("inspector", unit=unit, classes=asleep, sample=sample)
    return (Evidence("accuracy", classes=asleep), seen) if _tested(case) else (seen,)
