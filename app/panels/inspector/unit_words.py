"""A unit's words: whether it is awake, saturated, silent or dead, with the number that says so."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication

from app.widgets.value_text import with_minus
from app.wording import together
from backprop.chain_rule.digits import significant
from backprop.chain_rule.unit import UnitExplanation

#: How much is said.
Detail = Literal["full", "brief", "least"]


def state_words(explanation: UnitExplanation, row: int, detail: Detail = "full") -> tuple[str, str]:
    """Return a word on the slope of a sample, and what it means; both are empty before z is computed.

    Less detail leaves out first what a reader may conclude, then the other samples.
    """
    if explanation.z is None or explanation.quiet is None or explanation.slope_shares is None:
        return "", ""
    state, quiet, samples = explanation.state(row), int(explanation.quiet.sum()), explanation.samples
    if state is None:
        return (
            QCoreApplication.translate("Inspector", "Not a number."),
            QCoreApplication.translate("Inspector", "z or the slope is no finite number here: the run has diverged."),
        )
    if state == "linear":
        return (
            QCoreApplication.translate("Inspector", "Linear."),
            QCoreApplication.translate(
                "Inspector", "f′(z) = 1 everywhere: the error passes whole, and nothing saturates."
            ),
        )
    if state in ("active", "silent"):
        return _relu_words(state == "active", quiet, samples, detail)
    words = {
        "saturated": (
            QCoreApplication.translate("Inspector", "Saturated."),
            QCoreApplication.translate("Inspector", "hardly any error passes"),
        ),
        "drowsy": (
            QCoreApplication.translate("Inspector", "Half asleep."),
            QCoreApplication.translate("Inspector", "only part of the error passes"),
        ),
        "awake": (
            QCoreApplication.translate("Inspector", "Awake."),
            QCoreApplication.translate("Inspector", "most of the error passes"),
        ),
    }
    word, meaning = words[state]
    after = _others(quiet, samples, state == "saturated")
    if not explanation.slope_matters:
        word = QCoreApplication.translate("Inspector", "Cannot fall asleep.")
        meaning = QCoreApplication.translate("Inspector", "with this objective it cancels, so the error passes whole")
        after = ""
    if detail != "full" and not explanation.slope_matters:
        sentence = QCoreApplication.translate(
            "Inspector", "{slope} is {share} of its greatest, but cancels with this objective."
        )
    elif detail != "full":
        sentence = QCoreApplication.translate("Inspector", "{slope} is {share} of its greatest.")
    else:
        sentence = QCoreApplication.translate(
            "Inspector", "{slope} is {share} of its greatest value, {greatest}: {meaning}."
        )
    sentence = sentence.format(
        slope="f′(z)" if explanation.activation.elementwise else "a(1 − a)",
        share=_percent(float(explanation.slope_shares[row])),
        greatest=f"{explanation.activation.greatest_slope:g}",
        meaning=meaning,
    )
    after = "" if detail == "least" else after
    return word, with_minus(together(sentence, after))


def _relu_words(active: bool, quiet: int, samples: int, detail: Detail) -> tuple[str, str]:
    if active:
        word = QCoreApplication.translate("Inspector", "Active.")
        sentence = QCoreApplication.translate("Inspector", "z > 0, so f′(z) = 1: the error passes whole.")
        others = QCoreApplication.translate("Inspector", "Silent for {count} of {samples} samples.")
    elif quiet == samples and samples > 1:
        word = QCoreApplication.translate("Inspector", "Dead in this batch.")
        sentence = QCoreApplication.translate(
            "Inspector", "z ≤ 0, so f′(z) = 0, for all {samples} samples: no error passes, and its weights stand still."
        )
        others = ""
    else:
        word = QCoreApplication.translate("Inspector", "Silent.")
        sentence = QCoreApplication.translate("Inspector", "z ≤ 0, so f′(z) = 0: no error passes.")
        others = QCoreApplication.translate("Inspector", "So it is for {count} of {samples} samples.")
    if samples > 1 and detail != "least" and (quiet or not active):
        sentence = together(sentence, others)
    return word, sentence.format(count=f"{quiet:,}", samples=f"{samples:,}")


def _others(quiet: int, samples: int, itself: bool) -> str:
    if samples == 1:
        return ""
    if itself and quiet == samples:
        text = QCoreApplication.translate("Inspector", "So it is for all {samples} samples.")
    elif itself:
        text = QCoreApplication.translate("Inspector", "So it is for {count} of {samples} samples.")
    elif quiet:
        text = QCoreApplication.translate("Inspector", "Saturated for {count} of {samples} samples.")
    else:
        text = QCoreApplication.translate("Inspector", "Saturated for none of {samples} samples.")
    return text.format(count=f"{quiet:,}", samples=f"{samples:,}")


def _percent(share: float) -> str:
    """Return ``share`` as a percentage that never claims to be nothing."""
    if 0 < share < 1e-5:
        return QCoreApplication.translate("Inspector", "less than 0.001 %")
    digits = 3 if share >= 0.1 else 2
    return QCoreApplication.translate("Inspector", "{number} %").format(number=significant(100 * share, digits))
