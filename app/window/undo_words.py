"""What has changed between two experiments, in a word or two, as it stands after "Undo"."""

from PySide6.QtCore import QCoreApplication

from app import wording
from backprop import Experiment
from backprop.lessons import lesson_of

_OF_LAYERS = ("activation", "initializer", "biases")


def changed_fields(before: Experiment, after: Experiment) -> frozenset[str]:
    """Return the names of the experiment's fields that differ."""
    return frozenset(name for name in Experiment.__struct_fields__ if getattr(before, name) != getattr(after, name))


def what_changed(before: Experiment, after: Experiment) -> str:
    """Return what has changed, such as "learning rate"."""
    names = changed_fields(before, after)
    if len(names) > 1:
        if lesson_of(after) not in (None, lesson_of(before)):
            return QCoreApplication.translate("Undo", "choice of lesson")
        if "dataset" in names:
            return wording.field("dataset")
        return QCoreApplication.translate("Undo", "change of the experiment")
    name = next(iter(names), "")
    return _layers_changed(before, after) if name == "layers" else _name(name)


def _layers_changed(before: Experiment, after: Experiment) -> str:
    """Return what all layers that differ differ in, if that is one thing."""
    if len(before.layers) == len(after.layers):
        pairs = list(zip(before.layers, after.layers, strict=True))
        differing = [
            name
            for name in ("units", *_OF_LAYERS)
            if any(getattr(one, name) != getattr(other, name) for one, other in pairs)
        ]
        if len(differing) == 1 and differing[0] in _OF_LAYERS:
            return _name(differing[0])
    return QCoreApplication.translate("Undo", "layers")


def _name(field: str) -> str:
    return {
        "biases": QCoreApplication.translate("Undo", "biases"),
        "shuffle": QCoreApplication.translate("Undo", "shuffle"),
    }.get(field) or wording.field(field)
