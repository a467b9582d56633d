"""The diagnosis in words: a heading and a sentence or two for each finding, with its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from app import wording
from app.panels.diagnosis.figures import figure, loss_figure, percent, plain
from app.panels.diagnosis.names import Names
from backprop.diagnosis.rules import Case, Diagnosis, Finding

#: The loss as a share of the baseline below which it is told that there is little left of it.
_LITTLE_LEFT = 0.1
_HARDLY = 0.01


@dataclass(frozen=True)
class Told:
    """What is said about a finding."""

    heading: str
    body: str


def tell(finding: Finding, names: Names) -> Told:
    """Return a finding in words; one that has no wording yet is called by its key."""
    sentence = _SENTENCES.get(finding.key)
    return sentence(finding, names) if sentence is not None else Told(finding.key, "")


def _diverged(finding: Finding, names: Names) -> Told:
    numbers = finding.numbers
    body = QCoreApplication.translate(
        "Diagnosis",
        "In epoch {epoch}, step {step}, the loss or a weight stopped being a finite number: "
        "signals or steps were too large.",
    )
    return Told(
        QCoreApplication.translate("Diagnosis", "Numbers have overflowed"),
        body.format(epoch=f"{numbers['epoch']:,}", step=f"{numbers['step']:,}"),
    )


def _symmetric(finding: Finding, names: Names) -> Told:
    heading = QCoreApplication.translate("Diagnosis", "All units of {layer} are the same")
    body = QCoreApplication.translate(
        "Diagnosis",
        "Its {units} units have equal weights, so they get equal gradients and can never learn different things.",
    )
    return Told(
        heading.format(layer=names.the_layer(finding.layers[0])), body.format(units=f"{finding.numbers['units']:,}")
    )


def _exploding(finding: Finding, names: Names) -> Told:
    body = QCoreApplication.translate(
        "Diagnosis",
        "Delta in the first layer is {factor} times that in the last (gradient RMS {first} and {last}): large weights "
        "multiply it from layer to layer.",
    )
    share = finding.numbers["delta_share"]
    factor = f"{share:,.0f}" if share < 1e6 else figure(share)
    return Told(
        QCoreApplication.translate("Diagnosis", "Gradients explode on the way back"),
        body.format(factor=factor, **_first_and_last(finding.numbers)),
    )


def _vanishing(finding: Finding, names: Names) -> Told:
    body = QCoreApplication.translate(
        "Diagnosis",
        "Delta in the first layer is {share} of that in the last (gradient RMS {first} and {last}): every layer on the "
        "way takes most of it away.",
    )
    return Told(
        QCoreApplication.translate("Diagnosis", "Gradients vanish on the way back"),
        body.format(share=percent(finding.numbers["delta_share"]), **_first_and_last(finding.numbers)),
    )


def _first_and_last(numbers: Any) -> dict[str, str]:
    return {"first": figure(numbers["first"]), "last": figure(numbers["last"])}


def _dead_relu(finding: Finding, names: Names) -> Told:
    numbers = finding.numbers
    dead, units, at_start = numbers["dead"], numbers["units"], numbers["dead_at_start"]
    if dead == units:
        heading = QCoreApplication.translate("Diagnosis", "All {units} ReLU units of {layer} are dead")
    else:
        heading = QCoreApplication.translate("Diagnosis", "{dead} of {units} ReLU units of {layer} are dead")
    if at_start < dead:
        body = QCoreApplication.translate(
            "Diagnosis",
            "None of the {samples} samples brings their z above 0, so no gradient reaches them. "
            "Dead at the start: {at_start}. Updates did the rest.",
        )
    else:
        body = QCoreApplication.translate(
            "Diagnosis",
            "None of the {samples} samples brings their z above 0, so no gradient reaches them. "
            "The initial weights made them so.",
        )
    worst = max(finding.evidence, key=lambda evidence: evidence.unit is not None).unit
    layer = names.the_layer(worst[0] if worst is not None else finding.layers[0])
    return Told(
        heading.format(dead=dead, units=units, layer=layer), body.format(samples=numbers["samples"], at_start=at_start)
    )


def _rate_too_high(finding: Finding, names: Names) -> Told:
    numbers = finding.numbers
    heading = QCoreApplication.translate("Diagnosis", "Learning rate {rate} is too high")
    if numbers["sign"] == "swings":
        body = QCoreApplication.translate(
            "Diagnosis",
            "{often} of the last 50 steps raised the loss, by {much} on average: they jump across the valley.",
        ).format(often=percent(numbers["often"]), much=percent(numbers["much"]))
    elif numbers["sign"] == "rises":
        body = QCoreApplication.translate(
            "Diagnosis",
            "The loss was {lowest} around epoch {epoch} and is {latest} now: steps too large threw away what had been "
            "learnt.",
        ).format(
            lowest=loss_figure(numbers["lowest"]),
            epoch=f"{numbers['lowest_epoch']:,}",
            latest=loss_figure(numbers["latest"]),
        )
    else:
        body = QCoreApplication.translate(
            "Diagnosis", "This update changes weights by {ratio} of their size, where about 0.1 % is usual."
        ).format(ratio=percent(numbers["ratio"]))
    return Told(heading.format(rate=_rate(numbers)), body)


def _rate_too_low(finding: Finding, names: Names) -> Told:
    numbers = finding.numbers
    heading = QCoreApplication.translate("Diagnosis", "Learning rate {rate} is too low")
    body = QCoreApplication.translate(
        "Diagnosis",
        "The slope is there, but an update changes the weights by {ratio} of their size at most. At this pace all "
        "{steps} steps of the run would take off {fall} of the loss.",
    )
    return Told(
        heading.format(rate=_rate(numbers)),
        body.format(ratio=percent(numbers["ratio"]), steps=f"{numbers['steps']:,}", fall=percent(numbers["fall"])),
    )


def _rate(numbers: Any) -> str:
    return f"{numbers['learning_rate']:g}"


def _saturated_outputs(finding: Finding, names: Names) -> Told:
    numbers = finding.numbers
    asleep, woken, samples = numbers["asleep"], numbers["woken"], numbers["samples"]
    if len(asleep) == 1:
        heading = QCoreApplication.translate("Diagnosis", "{names} is asleep").format(names=names.classes(asleep))
    elif asleep:
        heading = QCoreApplication.translate("Diagnosis", "{names} are asleep").format(names=names.classes(asleep))
    elif len(samples) == 1:
        heading = QCoreApplication.translate("Diagnosis", "The output for {sample} is saturated at the wrong end")
        heading = heading.format(sample=names.sample(samples[0]))
    else:
        heading = QCoreApplication.translate("Diagnosis", "Outputs are saturated where they are wrong")
    if numbers["share"] is None:
        body = QCoreApplication.translate(
            "Diagnosis",
            "Hardly any of the test set is recognised: a saturated output has f′(z)\u00a0≈\u00a00, so hardly any "
            "gradient mends it.",
        )
    elif numbers["share"] == 1.0:
        body = QCoreApplication.translate(
            "Diagnosis", "All wrong outputs are saturated: f′(z)\u00a0≈\u00a00, so hardly any gradient mends them."
        )
    else:
        body = QCoreApplication.translate(
            "Diagnosis",
            "{share} of the wrong outputs are saturated: f′(z)\u00a0≈\u00a00, so hardly any gradient mends them.",
        ).format(share=percent(numbers["share"]))
    if woken:
        last, epoch = woken[-1]
        text = QCoreApplication.translate("Diagnosis", "{name} woke in epoch {epoch}: {gain}\u00a0points.")
        gain = f"+{100.0 * numbers['gain']:.1f}"
        body = wording.together(body, text.format(name=names.class_name(last), epoch=f"{epoch:,}", gain=gain))
    return Told(heading, body)


def _stuck(finding: Finding, names: Names) -> Told:
    numbers = finding.numbers
    wrong = [
        QCoreApplication.translate("Diagnosis", "{sample} gives {output} instead of {target}").format(
            sample=names.inputs(inputs, sample), output=_values(outputs, 2), target=_values(targets, 0)
        )
        for sample, inputs, outputs, targets in zip(
            numbers["wrong"], numbers["inputs"], numbers["outputs"], numbers["targets"], strict=True
        )
    ]
    if len(wrong) == 1:
        heading = QCoreApplication.translate("Diagnosis", "Stuck: sample {sample} stays wrong")
        heading = heading.format(sample=names.sample(numbers["wrong"][0]))
    else:
        heading = QCoreApplication.translate("Diagnosis", "Stuck: {count} samples stay wrong").format(count=len(wrong))
    body = QCoreApplication.translate(
        "Diagnosis",
        "{wrong}. The loss has stayed near {latest} since epoch {since}: a local minimum.",
    )
    return Told(
        heading,
        body.format(wrong=", ".join(wrong), latest=loss_figure(numbers["latest"]), since=f"{numbers['since']:,}"),
    )


def _values(values: tuple[float, ...], decimals: int) -> str:
    texts = [f"{value:.{decimals}f}" if decimals else f"{value:g}" for value in values]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def _saturated_layer(finding: Finding, names: Names) -> Told:
    worst = max(finding.evidence, key=lambda evidence: evidence.unit is not None).unit
    layer = names.the_layer(worst[0] if worst is not None else finding.layers[0])
    heading = QCoreApplication.translate("Diagnosis", "{layer} is saturated").format(layer=layer)
    body = QCoreApplication.translate(
        "Diagnosis",
        "{share} of its activations lie where the curve is flat, f′(z) below 5\u00a0% of its greatest: little gradient "
        "gets through to the weights before it.",
    )
    return Told(heading[:1].upper() + heading[1:], body.format(share=percent(finding.numbers["saturated"])))


def _plateau(finding: Finding, names: Names) -> Told:
    numbers = finding.numbers
    heading = QCoreApplication.translate("Diagnosis", "On a plateau since epoch {since}")
    if numbers["chance"]:
        body = QCoreApplication.translate(
            "Diagnosis", "The loss stays near {latest}, as if every sample were given the mean target."
        )
    else:
        body = QCoreApplication.translate("Diagnosis", "The loss stays near {latest}.")
    if numbers["leaving"]:
        more = QCoreApplication.translate("Diagnosis", "It falls faster and faster: the run is finding its way out.")
    else:
        more = QCoreApplication.translate("Diagnosis", "The slope is shallow in every direction.")
    body = body.format(latest=loss_figure(numbers["latest"]))
    return Told(heading.format(since=f"{numbers['since']:,}"), wording.together(body, more))


_SENTENCES: dict[str, Callable[[Finding, Names], Told]] = {
    "diverged": _diverged,
    "symmetric": _symmetric,
    "exploding": _exploding,
    "dead_relu": _dead_relu,
    "vanishing": _vanishing,
    "rate_too_high": _rate_too_high,
    "rate_too_low": _rate_too_low,
    "saturated_outputs": _saturated_outputs,
    "stuck": _stuck,
    "saturated_layer": _saturated_layer,
    "plateau": _plateau,
}


# --- nothing wrong


def tell_health(diagnosis: Diagnosis) -> Told:
    """Return what is said where nothing was found: how the loss goes and how large the updates are."""
    case = diagnosis.case
    if case.trend is None:
        body = (
            QCoreApplication.translate("Diagnosis", "So few steps show nothing yet. The numbers are of this moment.")
            if case.steps
            else QCoreApplication.translate("Diagnosis", "No step has been made yet, so there is nothing to judge.")
        )
        return Told(QCoreApplication.translate("Diagnosis", "Too early to tell"), body)
    sentences = [_course(case), _pace(case)]
    return Told(
        QCoreApplication.translate("Diagnosis", "Nothing wrong to be seen"),
        wording.together(*sentences),
    )


def _course(case: Case) -> str:
    trend = case.trend
    assert trend is not None
    numbers = {
        "latest": loss_figure(trend.latest),
        "change": percent(abs(trend.drop)),
        "period": _period(case),
        "level": percent(case.level or 0.0),
    }
    if case.level is not None and case.level < _LITTLE_LEFT:
        text = QCoreApplication.translate(
            "Diagnosis", "The loss is down to {latest}, {level} of what the mean target for every sample would give."
        )
    elif trend.drop > _HARDLY:
        text = QCoreApplication.translate("Diagnosis", "The loss, {latest} now, fell by {change} over {period}.")
    elif trend.drop < -_HARDLY:
        text = QCoreApplication.translate("Diagnosis", "The loss, {latest} now, rose by {change} over {period}.")
    else:
        text = QCoreApplication.translate("Diagnosis", "The loss, {latest} now, hardly changed over {period}.")
    return text.format(**numbers)


def _period(case: Case) -> str:
    trend = case.trend
    assert trend is not None
    steps = trend.steps - trend.first
    epochs = steps / case.experiment.steps_per_epoch
    if epochs >= 1.0:
        text = QCoreApplication.translate("Diagnosis", "the last {count} epochs")
        return text.format(count=f"{epochs:,.0f}" if epochs >= 10.0 else plain(epochs, 2))
    return QCoreApplication.translate("Diagnosis", "the last {count} batches").format(count=f"{steps:,}")


def _pace(case: Case) -> str:
    if not case.signs.complete:
        return QCoreApplication.translate("Diagnosis", "This step has not computed all gradients yet.")
    ratios = [layer.update_ratio for layer in case.signs.layers if layer.update_ratio is not None]
    low, high = figure(min(ratios)), figure(max(ratios))
    if low == high:
        return QCoreApplication.translate("Diagnosis", "Update-to-weight ratio {high}.").format(high=high)
    text = QCoreApplication.translate("Diagnosis", "Update-to-weight ratio {low} to {high}.")
    return text.format(low=low, high=high)
