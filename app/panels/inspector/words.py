"""The inspector's words: what a parameter and its factors are called and mean."""

from PySide6.QtCore import QCoreApplication

from backprop.chain_rule.parameter import Explanation, Kind


def parameter_name(explanation: Explanation) -> str:
    """Return the parameter as the formulas count it, from 1: "W1[1, 2]"."""
    return f"{explanation.name}[{', '.join(str(place + 1) for place in explanation.index)}]"


def array_name(explanation: Explanation) -> str:
    """Return the parameter as NumPy counts it, from 0: "W1[0, 1]"."""
    return f"{explanation.name}[{', '.join(str(place) for place in explanation.index)}]"


def counting() -> str:
    """Return why an array's indices are not those of the formula."""
    return QCoreApplication.translate(
        "Inspector", "Arrays count from 0, as NumPy does; the formula counts units from 1."
    )


def meaning(kind: Kind) -> str:
    """Return what a factor is, as a sentence."""
    return {
        "objective": QCoreApplication.translate(
            "Inspector", "The objective's own factor: it is a mean over the batch."
        ),
        "error": QCoreApplication.translate("Inspector", "The error: output minus target."),
        "scaled_error": QCoreApplication.translate(
            "Inspector", "The error: output times the sum of the targets, minus target."
        ),
        "centred_error": QCoreApplication.translate(
            "Inspector", "The error, minus the mean error of the outputs that share the softmax."
        ),
        "delta_above": QCoreApplication.translate(
            "Inspector", "Delta of the unit above: how the objective changes with its z."
        ),
        "weight": QCoreApplication.translate("Inspector", "The weight through which the error comes back."),
        "signal": QCoreApplication.translate(
            "Inspector", "What comes back from the layer above: each unit's delta times the weight that leads to it."
        ),
        "centred_signal": QCoreApplication.translate(
            "Inspector", "What comes back from the layer above, minus its mean over the units that share the softmax."
        ),
        "slope": QCoreApplication.translate(
            "Inspector", "The slope of the activation. Near 0 the unit is saturated, and hardly any gradient passes."
        ),
        "share": QCoreApplication.translate("Inspector", "The unit's own share of the softmax."),
        "input": QCoreApplication.translate("Inspector", "What came in through this connection; 1 for a bias."),
    }[kind]
