"""Wording: what people read for the names that the engine uses, in one place."""

from dataclasses import dataclass
from functools import reduce

from PySide6.QtCore import QCoreApplication

from app.edition import suited
from backprop import BackpropError, Experiment, Phase


@dataclass(frozen=True)
class Term:
    """A name as people read it, and a sentence on what it means for learning."""

    label: str
    hint: str = ""


def term(field: str, name: str) -> Term:
    """Return the wording of ``name``, a value of the experiment's ``field`` (``"activation"``, ``"loss"`` ...).

    A name that has no wording yet is shown as the engine writes it.
    """
    return _terms(field).get(name, Term(name))


def phase(which: Phase) -> str:
    """Return the name of a phase of a step, such as "Forward 1"."""
    return {
        "forward": QCoreApplication.translate("Wording", "Forward {layer}"),
        "loss": QCoreApplication.translate("Wording", "Loss"),
        "backward": QCoreApplication.translate("Wording", "Backward {layer}"),
        "update": QCoreApplication.translate("Wording", "Update"),
    }[which.kind].format(layer=which.layer)


def shape(experiment: Experiment) -> str:
    """Return the sizes of a network from its inputs to its outputs, such as "2 – 2 – 1"."""
    return " – ".join(str(size) for size in (experiment.info.inputs, *(layer.units for layer in experiment.layers)))


def together(*sentences: str) -> str:
    """Return sentences one after another, as the language writes them; empty ones are left out."""
    both = QCoreApplication.translate("Wording", "{sentence} {next}")
    written = [one for one in sentences if one]
    return reduce(lambda before, after: both.format(sentence=before, next=after), written) if written else ""


def ended(words: str) -> str:
    """Return ``words`` as a sentence, with the full stop of the language."""
    return QCoreApplication.translate("Wording", "{words}.").format(words=words)


def sentence(error: BackpropError) -> str:
    """Return the translated sentence of ``error``, with the engine's names put into words."""
    error = suited(error)
    values = {key: _word(key, value) for key, value in error.values.items()}
    return QCoreApplication.translate("backprop", error.template).format(**values)


def _word(key: str, value: object) -> object:
    if key == "allowed" and isinstance(value, str):
        return QCoreApplication.translate("Wording", " or ").join(
            term("activation", name).label for name in value.split(" or ")
        )
    if key == "what" and isinstance(value, str):
        return field(value.replace(" ", "_"))
    return term(key, value).label if isinstance(value, str) else value


def field(name: str) -> str:
    """Return the name of a field of the experiment within a sentence, such as "batch size"."""
    return {
        "dataset": QCoreApplication.translate("Wording", "data set"),
        "layers": QCoreApplication.translate("Wording", "number of layers"),
        "units": QCoreApplication.translate("Wording", "units of a layer"),
        "activation": QCoreApplication.translate("Wording", "activation"),
        "initializer": QCoreApplication.translate("Wording", "initializer"),
        "loss": QCoreApplication.translate("Wording", "objective"),
        "optimizer": QCoreApplication.translate("Wording", "optimizer"),
        "learning_rate": QCoreApplication.translate("Wording", "learning rate"),
        "batch_size": QCoreApplication.translate("Wording", "batch size"),
        "epochs": QCoreApplication.translate("Wording", "epochs"),
        "seed": QCoreApplication.translate("Wording", "seed"),
        "dtype": QCoreApplication.translate("Wording", "precision"),
    }.get(name, name)


def _terms(field_name: str) -> dict[str, Term]:
    table = _TABLES.get(field_name)
    return table() if table else {}


def _activations() -> dict[str, Term]:
    return {
        "sigmoid": Term(
            QCoreApplication.translate("Wording", "sigmoid"),
            QCoreApplication.translate(
                "Wording",
                "From 0 to 1. Far from z = 0 it is flat, so almost no gradient passes: the unit is saturated.",
            ),
        ),
        "tanh": Term(
            QCoreApplication.translate("Wording", "tanh"),
            QCoreApplication.translate(
                "Wording", "From −1 to 1, centred on 0: like a sigmoid, with a gradient up to four times as large."
            ),
        ),
        "relu": Term(
            QCoreApplication.translate("Wording", "ReLU"),
            QCoreApplication.translate(
                "Wording",
                "0 below zero, z above: the gradient passes whole or not at all. A unit can go silent for good.",
            ),
        ),
        "softmax": Term(
            QCoreApplication.translate("Wording", "softmax"),
            QCoreApplication.translate(
                "Wording", "The outputs share 1 between them, as probabilities of the classes; made for cross-entropy."
            ),
        ),
        "identity": Term(
            QCoreApplication.translate("Wording", "identity"),
            QCoreApplication.translate(
                "Wording", "a = z: a linear unit. Layers of these alone can learn no more than one layer can."
            ),
        ),
    }


def _losses() -> dict[str, Term]:
    return {
        "half_squared_error": Term(
            QCoreApplication.translate("Wording", "½ Σ error²"),
            QCoreApplication.translate(
                "Wording",
                "Half the squared error, summed over batch and outputs: its slope is output − target, with no factor.",
            ),
        ),
        "mean_half_squared_error": Term(
            QCoreApplication.translate("Wording", "½ Σ error² / n"),
            QCoreApplication.translate(
                "Wording",
                "Half the squared error, divided by the n samples of the batch: gradients do not grow with the batch.",
            ),
        ),
        "cross_entropy": Term(
            QCoreApplication.translate("Wording", "cross-entropy"),
            QCoreApplication.translate(
                "Wording",
                "For softmax outputs, summed over the batch. A confident wrong answer keeps a large gradient: "
                "nothing falls asleep.",
            ),
        ),
        "mean_cross_entropy": Term(
            QCoreApplication.translate("Wording", "cross-entropy / n"),
            QCoreApplication.translate("Wording", "For softmax outputs, divided by the n samples of the batch."),
        ),
        "binary_cross_entropy": Term(
            QCoreApplication.translate("Wording", "binary cross-entropy"),
            QCoreApplication.translate(
                "Wording",
                "For sigmoid outputs, each by itself, summed over the batch: a saturated wrong output still learns.",
            ),
        ),
        "mean_binary_cross_entropy": Term(
            QCoreApplication.translate("Wording", "binary cross-entropy / n"),
            QCoreApplication.translate("Wording", "For sigmoid outputs, divided by the n samples of the batch."),
        ),
    }


def _initializers() -> dict[str, Term]:
    return {
        "uniform": Term(
            QCoreApplication.translate("Wording", "uniform 0–1"),
            QCoreApplication.translate("Wording", "Every weight equally likely between 0 and 1: all begin positive."),
        ),
        "standard_normal": Term(
            QCoreApplication.translate("Wording", "normal 0, 1"),
            QCoreApplication.translate(
                "Wording", "Mean 0, variance 1. In a wide layer the sums become large, and sigmoids start saturated."
            ),
        ),
        "xavier": Term(
            QCoreApplication.translate("Wording", "Xavier"),
            QCoreApplication.translate(
                "Wording", "Scaled to the layer's width, so that signals keep their size; made for sigmoid and tanh."
            ),
        ),
        "he": Term(
            QCoreApplication.translate("Wording", "He"),
            QCoreApplication.translate(
                "Wording", "Scaled to the layer's inputs, twice the variance because ReLU silences half."
            ),
        ),
        "zeros": Term(
            QCoreApplication.translate("Wording", "zeros"),
            QCoreApplication.translate(
                "Wording", "All weights 0: the units of a layer stay equal for ever. Try it once."
            ),
        ),
    }


def _optimizers() -> dict[str, Term]:
    return {
        "sgd": Term(
            QCoreApplication.translate("Wording", "SGD"),
            QCoreApplication.translate(
                "Wording", "Gradient descent: each weight goes down its gradient, times the learning rate."
            ),
        ),
    }


def _datasets() -> dict[str, Term]:
    return {
        "xor": Term(
            QCoreApplication.translate("Wording", "XOR"),
            QCoreApplication.translate("Wording", "Four samples: 1 where exactly one of two inputs is 1."),
        ),
        "mnist": Term(
            QCoreApplication.translate("Wording", "MNIST"),
            QCoreApplication.translate("Wording", "60,000 handwritten digits to learn from, 10,000 to be tested with."),
        ),
        "keras_mnist": Term(
            QCoreApplication.translate("Wording", "MNIST (Keras)"),
            QCoreApplication.translate("Wording", "The same digits, fetched by TensorFlow."),
        ),
        "keras_fashion_mnist": Term(
            QCoreApplication.translate("Wording", "Fashion (Keras)"),
            QCoreApplication.translate("Wording", "Fashion-MNIST: 70,000 pictures of clothes, fetched by TensorFlow."),
        ),
    }


def _dtypes() -> dict[str, Term]:
    return {
        "float32": Term(
            "float32", QCoreApplication.translate("Wording", "About 7 digits, and twice as fast: for large networks.")
        ),
        "float64": Term(
            "float64", QCoreApplication.translate("Wording", "About 16 digits: for numbers to be checked by hand.")
        ),
    }


_TABLES = {
    "activation": _activations,
    "loss": _losses,
    "initializer": _initializers,
    "optimizer": _optimizers,
    "dataset": _datasets,
    "dtype": _dtypes,
}
