"""Offers: what the buttons of a finding say, for where it can be seen and for what would cure it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app import wording
from app.panels.diagnosis.names import Names
from backprop import Experiment, Layer
from backprop.diagnosis.rules import Cure, Evidence


@dataclass(frozen=True)
class Offer:
    """A button's text and hint, and what it stands for."""

    label: str
    hint: str
    what: Evidence | Cure


def evidence_offer(evidence: Evidence, names: Names) -> Offer:
    """Return the button that shows ``evidence``."""
    return Offer(_evidence_label(evidence, names), _evidence_hint(evidence), evidence)


def _evidence_label(evidence: Evidence, names: Names) -> str:
    if evidence.panel == "loss":
        if evidence.cursor is None:
            return QCoreApplication.translate("Diagnosis", "Show the loss")
        text = QCoreApplication.translate("Diagnosis", "Show epoch {epoch}")
        return text.format(epoch=f"{evidence.cursor.epoch:,}")
    if evidence.panel == "accuracy":
        if names.digits:
            return QCoreApplication.translate("Diagnosis", "Show accuracy by digit")
        return QCoreApplication.translate("Diagnosis", "Show accuracy by class")
    if evidence.unit is not None and names.is_output(evidence.unit[0]):
        return QCoreApplication.translate("Diagnosis", "Show {unit}").format(unit=names.unit(*evidence.unit))
    if evidence.unit is not None:
        # Which one it is changes from batch to batch; a button that changes with it could not be read.
        return QCoreApplication.translate("Diagnosis", "Show such a unit")
    if evidence.sample is not None:
        text = QCoreApplication.translate("Diagnosis", "Show sample {sample}")
        return text.format(sample=names.sample(evidence.sample))
    if evidence.layer is not None:
        text = QCoreApplication.translate("Diagnosis", "Show {layer}")
        return text.format(layer=names.layer(evidence.layer))
    return QCoreApplication.translate("Diagnosis", "Show")


def _evidence_hint(evidence: Evidence) -> str:
    if evidence.cursor is not None:
        return QCoreApplication.translate("Diagnosis", "Go to that moment of the run, and look at the loss there.")
    return {
        "loss": QCoreApplication.translate("Diagnosis", "Look at the course of the loss."),
        "accuracy": QCoreApplication.translate("Diagnosis", "Look at which classes are answered, epoch by epoch."),
        "inspector": QCoreApplication.translate(
            "Diagnosis",
            "Look at this unit: its z, its activation, and the slope f′(z) that its delta is multiplied by.",
        ),
        "weights": QCoreApplication.translate("Diagnosis", "Look at this layer's weights and their gradient."),
        "samples": QCoreApplication.translate("Diagnosis", "Look at this sample on its way through the network."),
    }.get(evidence.panel, "")


# --- cures


def cure_offer(cure: Cure, experiment: Experiment, learning_rate: float) -> Offer:
    """Return the button that applies ``cure`` to a run of ``experiment``, which learns at ``learning_rate`` now."""
    return Offer(_cure_label(cure, experiment), _cure_hint(cure, experiment, learning_rate), cure)


def _cure_label(cure: Cure, experiment: Experiment) -> str:
    changes = cure.changes
    layers: tuple[Layer, ...] = changes.get("layers", experiment.layers)
    if cure.kind == "new_seed":
        return QCoreApplication.translate("Diagnosis", "Same network, new seed")
    if cure.kind == "learning_rate":
        if cure.during_run:
            text = QCoreApplication.translate("Diagnosis", "Learning rate {rate} from here on")
        else:
            text = QCoreApplication.translate("Diagnosis", "Start again with learning rate {rate}")
        return text.format(rate=f"{changes['learning_rate']:g}")
    if cure.kind == "initializer":
        if changes.get("learning_rate", experiment.learning_rate) != experiment.learning_rate:
            text = QCoreApplication.translate("Diagnosis", "Use {names}, learning rate {rate}")
            return text.format(names=_initializers(layers), rate=f"{changes['learning_rate']:g}")
        text = QCoreApplication.translate("Diagnosis", "Use initializer {names}")
        return text.format(names=_initializers(layers))
    if cure.kind == "activation":
        text = QCoreApplication.translate("Diagnosis", "Use {activation} and {names}")
        activation = wording.term("activation", layers[0].activation).label
        return text.format(activation=activation, names=_initializers(layers[:-1]))
    if cure.kind == "units":
        units = ", ".join(f"{layer.units:,}" for layer in layers[:-1])
        return QCoreApplication.translate("Diagnosis", "Use {units} hidden units").format(units=units)
    loss = wording.term("loss", changes["loss"]).label
    return QCoreApplication.translate("Diagnosis", "Use {loss}").format(loss=loss)


def _initializers(layers: tuple[Layer, ...]) -> str:
    names = dict.fromkeys(wording.term("initializer", layer.initializer).label for layer in layers)
    return " + ".join(names)


def _cure_hint(cure: Cure, experiment: Experiment, learning_rate: float) -> str:
    if cure.during_run:
        return QCoreApplication.translate(
            "Diagnosis", "The run goes on with this learning rate from its next update. It is {rate} now."
        ).format(rate=f"{learning_rate:g}")
    if cure.kind == "new_seed":
        return QCoreApplication.translate(
            "Diagnosis", "Begins a new run with the initial weights of seed {seed}; everything else stays as it is."
        ).format(seed=cure.changes["seed"])
    if cure.kind == "loss" and cure.changes["layers"][-1] != experiment.layers[-1]:
        return QCoreApplication.translate(
            "Diagnosis",
            "Begins a new run with this objective and the outputs it is made for: {activation}. Everything else stays "
            "as it is, the seed too.",
        ).format(activation=wording.term("activation", cure.changes["layers"][-1].activation).label)
    return QCoreApplication.translate(
        "Diagnosis", "Begins a new run with this changed; everything else stays as it is, the seed too."
    )
