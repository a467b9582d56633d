"""Words: what the panel says of a moment, a sample and a number."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from app import wording
from app.panels.equation.notation import Notation
from app.panels.equation.terms import BY_SAMPLE, Cell, Key, Terms
from app.panels.network.describe import sample_name
from app.panels.network.sample_view import SampleView, Shape
from app.widgets.value_text import readable, with_minus
from backprop import Snapshot

_MOST_OUTPUTS = 12


def moment_words(snapshot: Snapshot) -> str:
    """Return epoch, batch and phase of a moment."""
    phase = snapshot.phase
    text = QCoreApplication.translate("Equation", "Epoch {epoch} · batch {batch} · {phase}")
    return text.format(
        epoch=f"{snapshot.cursor.epoch:,}",
        batch=f"{snapshot.cursor.batch:,}",
        phase=wording.phase(phase) if phase else QCoreApplication.translate("Equation", "before the first phase"),
    )


def sample_words(terms: Terms, shape: Shape, row: int, alone: bool) -> str:
    """Return what the sample is that is looked at, and of how many its batch is if it is not alone."""
    snapshot = terms.snapshot
    words = with_minus(sample_name(SampleView(shape, snapshot, row)))
    if alone:
        return words
    text = QCoreApplication.translate("Equation", "batch of {count} · {sample}")
    return text.format(count=f"{len(snapshot.rows):,}", sample=words)


def place_words(terms: Terms, shape: Shape, cell: Cell) -> str:
    """Return what a number belongs to, in words, and the size of its matrix."""
    kind, layer, index = cell.key.kind, cell.key.layer, cell.index
    if kind == "loss":
        return QCoreApplication.translate("Equation", "The objective of this batch, which is differentiated")
    if kind in BY_SAMPLE:
        sample = with_minus(sample_name(SampleView(shape, terms.snapshot, index[0])))
        unit = shape.full_name(layer, index[1])
        text = QCoreApplication.translate("Equation", "{unit}, sample {sample}")
        place = text.format(unit=unit, sample=sample)
    elif len(index) == 1:
        text = QCoreApplication.translate("Equation", "bias of {unit}")
        place = text.format(unit=shape.full_name(layer, index[0]))
    else:
        text = QCoreApplication.translate("Equation", "from {source} to {unit}")
        place = text.format(source=_source(shape, layer, index[0]), unit=shape.full_name(layer, index[1]))
    name = Notation(terms.experiment).name(cell.key).split(" ←")[0]
    size = " × ".join(f"{length:,}" for length in _shape_of(terms, shape, cell.key))
    text = QCoreApplication.translate("Equation", "{place} · {name} is {size}")
    return text.format(place=place, name=name, size=size)


def _source(shape: Shape, layer: int, unit: int) -> str:
    image = shape.dataset.info.image_shape
    if layer > 1 or image is None:
        return shape.full_name(layer - 1, unit)
    row, column = divmod(unit, image[1])
    text = QCoreApplication.translate("Equation", "the pixel in row {row}, column {column}")
    return text.format(row=row, column=column)


def _shape_of(terms: Terms, shape: Shape, key: Key) -> tuple[int, ...]:
    if key.kind in BY_SAMPLE:
        return len(terms.snapshot.rows), shape.sizes[key.layer]
    return shape.sizes[key.layer - 1 : key.layer + 1] if "W" in key.kind else (shape.sizes[key.layer],)


def summarize(terms: Terms, shape: Shape, row: int, alone: str) -> str:
    """Return a moment's equations as sentences, with the largest numbers of each."""
    snapshot = terms.snapshot
    parts = [wording.ended(moment_words(snapshot))]
    words = sample_words(terms, shape, row, bool(alone))
    if alone:
        text = QCoreApplication.translate("Equation", "{name} alone, {sample}: a batch of one, without an update.")
        parts.append(text.format(name=alone, sample=words))
    else:
        text = QCoreApplication.translate("Equation", "Sample {number} in the {batch}.")
        parts.append(text.format(number=row + 1, batch=words))
    if snapshot.phase is not None:
        text = QCoreApplication.translate("Equation", "{phase} computes {formula}.")
        formula = Notation(terms.experiment).phase(snapshot.phase, terms)
        parts.append(text.format(phase=wording.phase(snapshot.phase), formula=" ".join(formula.split())))
    outputs = terms.array(Key("A", terms.last))
    if outputs is not None:
        values = ", ".join(
            f"{shape.full_name(terms.last, unit)} {readable(float(value))}"
            for unit, value in enumerate(outputs[row][:12])
        )
        parts.append(QCoreApplication.translate("Equation", "Outputs of the sample: {values}.").format(values=values))
    objective = snapshot.objective
    if objective is not None:
        parts.append(QCoreApplication.translate("Equation", "L is {value}.").format(value=readable(objective)))
    for layer in range(terms.last, 0, -1):
        parts += _gradient_words(terms, layer, row)
    return wording.together(*parts)


def _gradient_words(terms: Terms, layer: int, row: int) -> list[str]:
    delta, gradient = terms.array(Key("delta", layer)), terms.array(Key("dW", layer))
    if delta is None or gradient is None:
        return []
    text = QCoreApplication.translate(
        "Equation", "Layer {layer}: the sample's largest delta is {delta}, the largest gradient of a weight {gradient}."
    )
    return [text.format(layer=layer, delta=readable(_extreme(delta[row])), gradient=readable(_extreme(gradient)))]


def _extreme(values: np.ndarray[tuple[int, ...], np.dtype[np.floating]]) -> float:
    flat = values.ravel()
    return float(flat[np.argmax(np.abs(flat))])
