"""The table in words: headings with their definitions, cells, and what a cell says in full."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app import wording
from app.panels.diagnosis.bars import bar_range
from app.panels.diagnosis.figures import figure, percent, precise
from app.panels.diagnosis.names import Names
from backprop import Snapshot
from backprop.chain_rule.parameter import slope_cancels
from backprop.diagnosis.vital_signs import SATURATING, Histogram, LayerSigns, VitalSigns

COLUMNS = ("layer", "gradient", "weight", "ratio", "flat", "activations", "deltas")


def heading(column: str) -> tuple[str, str]:
    """Return the heading of a column in two lines."""
    return {
        "layer": (QCoreApplication.translate("Diagnosis", "layer"), ""),
        "gradient": (
            QCoreApplication.translate("Diagnosis", "gradient"),
            QCoreApplication.translate("Diagnosis", "RMS"),
        ),
        "weight": (QCoreApplication.translate("Diagnosis", "weight"), QCoreApplication.translate("Diagnosis", "RMS")),
        "ratio": (
            QCoreApplication.translate("Diagnosis", "update"),
            QCoreApplication.translate("Diagnosis", "/ weight"),
        ),
        "flat": _lines(QCoreApplication.translate("Diagnosis", "share\nsaturated")),
        "activations": ("", QCoreApplication.translate("Diagnosis", "activations a")),
        "deltas": ("", QCoreApplication.translate("Diagnosis", "deltas |δ|, powers of ten")),
    }[column]


def short_heading(column: str) -> tuple[str, str]:
    """Return the heading of a histogram that is narrow."""
    return "", {"activations": "a", "deltas": "|δ|"}[column]


def flat_heading(signs: VitalSigns) -> tuple[str, str]:
    """Return the heading of the column that tells of saturated or dead units, as the network can have them."""
    relu = any(layer.activation == "relu" for layer in signs.layers)
    curved = any(layer.activation in SATURATING for layer in signs.layers)
    if relu and curved:
        return _lines(QCoreApplication.translate("Diagnosis", "saturated\nor dead"))
    if relu:
        return _lines(QCoreApplication.translate("Diagnosis", "share\ndead"))
    return heading("flat")


def _lines(text: str) -> tuple[str, str]:
    first, _, second = text.partition("\n")
    return first, second


def heading_hint(column: str) -> str:
    """Return the definition of a column."""
    return {
        "layer": QCoreApplication.translate("Diagnosis", "The layers, from the first hidden one to the output."),
        "gradient": QCoreApplication.translate(
            "Diagnosis",
            "Gradient RMS: the root mean square of dL/dW over all weights of the layer. It is the size of one weight's "
            "gradient, so that a layer with many weights does not look stronger.",
        ),
        "weight": QCoreApplication.translate(
            "Diagnosis", "Weight RMS: the root mean square of the layer's weights. Biases are left out."
        ),
        "ratio": QCoreApplication.translate(
            "Diagnosis",
            "Update-to-weight ratio: the RMS of η dL/dW divided by the RMS of the weights before the update. "
            "About 0.001 is a rule of thumb; the first steps may be larger.",
        ),
        "flat": QCoreApplication.translate(
            "Diagnosis",
            "Saturated: the share of values, over batch and units, whose f′(z) is below 5 % of its greatest. "
            "Dead, for ReLU: the share of units with z ≤ 0 for every sample of the batch.",
        ),
        "activations": QCoreApplication.translate(
            "Diagnosis", "Histogram of the activations a over batch and units; heights are logarithmic."
        ),
        "deltas": QCoreApplication.translate(
            "Diagnosis",
            "Histogram of |δ| over batch and units, by powers of ten from 1e−10 to 1e2; heights are logarithmic. "
            "Lines mark 1e−6, 1e−3 and 1.",
        ),
    }[column]


def cell_text(layer: LayerSigns, column: str, names: Names) -> str:
    """Return what a cell shows; a dash for what this step has not computed."""
    if column == "layer":
        return names.layer(layer.number)
    if column == "flat":
        share = layer.dead if layer.activation == "relu" else layer.saturated
        return "–" if share is None else _whole_percent(share)
    value = {"gradient": layer.gradient_rms, "weight": layer.weight_rms, "ratio": layer.update_ratio}[column]
    return figure(value)


def _whole_percent(share: float) -> str:
    # Neither none nor all unless it is so.
    if 0.0 < share < 0.005:
        return "<1\N{NO-BREAK SPACE}%"
    if 0.995 <= share < 1.0:
        return ">99\N{NO-BREAK SPACE}%"
    return f"{100.0 * share:.0f}\N{NO-BREAK SPACE}%"


def cell_hint(layer: LayerSigns, column: str, names: Names, snapshot: Snapshot, bar: int | None) -> str:
    """Return what a cell says in full; ``bar`` is the bar pointed at in a histogram."""
    return (
        f"{_exact(layer, column, names, snapshot, bar)}\n{heading_hint(column)}"
        if column != "layer"
        else _exact(layer, column, names, snapshot, bar)
    )


def _exact(layer: LayerSigns, column: str, names: Names, snapshot: Snapshot, bar: int | None) -> str:
    name = names.the_layer(layer.number)
    name = name[:1].upper() + name[1:]
    if column == "layer":
        text = QCoreApplication.translate(
            "Diagnosis", "{name}: {units} units, {activation}, {count} weights from {inputs} inputs."
        )
        return text.format(
            name=name,
            units=f"{layer.units:,}",
            activation=wording.term("activation", layer.activation).label,
            count=f"{layer.inputs * layer.units:,}",
            inputs=f"{layer.inputs:,}",
        )
    if column in ("activations", "deltas"):
        histogram = layer.activations if column == "activations" else layer.deltas
        return f"{name}: {_counted(histogram, bar)}"
    if column == "flat":
        return f"{name}: {_flat(layer, snapshot)}"
    value = {"gradient": layer.gradient_rms, "weight": layer.weight_rms, "ratio": layer.update_ratio}[column]
    if value is None:
        return f"{name}: {_not_yet()}"
    return f"{name}: {precise(value)}"


def _not_yet() -> str:
    return QCoreApplication.translate("Diagnosis", "not computed yet in this step.")


def _flat(layer: LayerSigns, snapshot: Snapshot) -> str:
    samples = len(snapshot.rows)
    if layer.dead is not None:
        text = QCoreApplication.translate("Diagnosis", "{dead} of {units} units are dead for all {samples} samples.")
        return text.format(dead=f"{round(layer.dead * layer.units):,}", units=f"{layer.units:,}", samples=samples)
    if layer.saturated is not None:
        text = QCoreApplication.translate("Diagnosis", "{share} of its values are saturated.")
        return text.format(share=percent(layer.saturated))
    if slope_cancels(snapshot.experiment, layer.number):
        return QCoreApplication.translate(
            "Diagnosis", "f′(z) cancels with this objective, so the error passes whole: no output can be saturated."
        )
    if layer.activation in SATURATING or layer.activation == "relu":
        return _not_yet()
    return QCoreApplication.translate("Diagnosis", "units of this kind neither saturate nor die.")


def _counted(histogram: Histogram | None, bar: int | None) -> str:
    if histogram is None:
        return _not_yet()
    zeros = ""
    if histogram.logarithmic:
        zeros = QCoreApplication.translate("Diagnosis", "{zeros} are exactly 0.").format(zeros=f"{histogram.zeros:,}")
    if bar is None:
        text = QCoreApplication.translate("Diagnosis", "{total} values.")
        return wording.together(text.format(total=f"{histogram.total:,}"), zeros)
    low, high = bar_range(histogram, bar)
    text = QCoreApplication.translate("Diagnosis", "{count} of {total} values from {low} to {high}.")
    text = text.format(
        count=f"{int(histogram.counts[bar]):,}",
        total=f"{histogram.total:,}",
        low=figure(low) if histogram.logarithmic else precise(low),
        high=figure(high) if histogram.logarithmic else precise(high),
    )
    return wording.together(text, zeros)
