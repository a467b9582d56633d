"""A walk through a network by keyboard: which parameter or unit is before and after another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from app.panels.network.sample_view import Parameter, Target, Unit
from backprop import Snapshot
from backprop.arrays import Array

#: One further or back; to the beginning of the next or previous layer or array; to its first or last element.
Stride = Literal["previous", "next", "previous_group", "next_group", "first", "last"]


def walk(snapshot: Snapshot, at: Target, stride: Stride) -> Target:
    """Return where ``stride`` leads to from ``at``; at either end of the network it stays where it is.

    From something that does not exist it leads to the first of its kind. Units are numbered layer by layer, parameters
    array by array as they lie in memory.
    """
    if isinstance(at, Unit):
        sizes = [layer.units for layer in snapshot.experiment.layers]
        group, place = _moved(sizes, at.layer - 1, at.unit, stride)
        return Unit(group + 1, place)
    names, shapes = list(snapshot.parameters), [value.shape for value in snapshot.parameters.values()]
    group, place = _moved([int(np.prod(shape)) for shape in shapes], *_flat(snapshot.parameters, at), stride)
    return Parameter(names[group], tuple(int(i) for i in np.unravel_index(place, shapes[group])))


def unit_of(parameter: Parameter) -> Unit:
    """Return the unit that ``parameter`` feeds."""
    return Unit(parameter.layer, parameter.index[-1])


def _flat(parameters: Mapping[str, Array], at: Parameter) -> tuple[int, int]:
    array = parameters.get(at.name)
    if array is None:
        return -1, -1
    shape = array.shape
    if len(shape) != len(at.index) or not all(0 <= i < size for i, size in zip(at.index, shape, strict=True)):
        return -1, -1
    return list(parameters).index(at.name), int(np.ravel_multi_index(at.index, shape))


def _moved(sizes: Sequence[int], group: int, place: int, stride: Stride) -> tuple[int, int]:
    if not 0 <= group < len(sizes) or not 0 <= place < sizes[group]:
        return 0, 0
    last = len(sizes) - 1
    if stride == "first":
        return group, 0
    if stride == "last":
        return group, sizes[group] - 1
    if stride == "next_group":
        return (group + 1, 0) if group < last else (group, place)
    if stride == "previous_group":
        return (group - 1, 0) if group else (0, 0)
    step = 1 if stride == "next" else -1
    if 0 <= place + step < sizes[group]:
        return group, place + step
    if step > 0:
        return (group + 1, 0) if group < last else (group, place)
    return (group - 1, sizes[group - 1] - 1) if group else (group, place)
