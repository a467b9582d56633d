"""What the inspector explains at a moment: a parameter or a unit, with one sample of the batch."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from app import wording
from app.panels.network.describe import sample_name
from app.panels.network.sample_view import Parameter, SampleView, Shape, Target
from app.widgets.value_text import with_minus
from backprop import Snapshot
from backprop.chain_rule.parameter import Explanation, ParameterError, explain
from backprop.chain_rule.unit import UnitError, UnitExplanation, explain_unit

#: Up to so many inputs a sample is called by its inputs, beyond by its number.
FEW_INPUTS = 4


@dataclass(frozen=True, eq=False)
class Looked:
    """A sample of the batch at a moment, and why nothing can be explained, if so."""

    shape: Shape
    snapshot: Snapshot
    row: int
    trouble: str

    def sample_name(self) -> str:
        """Return the sample in a word or two: its inputs where they are few, or its number in the batch."""
        x = self.snapshot.x[self.row]
        if len(x) <= FEW_INPUTS:
            return with_minus("({inputs})".format(inputs=", ".join(f"{value:g}" for value in x)))
        text = QCoreApplication.translate("Inspector", "{number} of {count}")
        return text.format(number=self.row + 1, count=len(self.snapshot.rows))

    def share_name(self, row: int) -> str:
        """Return what a row of the batch is called beside its share."""
        name = sample_name(SampleView(self.shape, self.snapshot, row))
        return with_minus(name) if self.snapshot.x.shape[1] <= FEW_INPUTS else f"{row + 1} · {name}"


@dataclass(frozen=True, eq=False)
class Subject(Looked):
    """A parameter at a moment; or, with ``trouble``, one that does not exist."""

    explanation: Explanation | None

    def connection(self, explanation: Explanation) -> str:
        """Return what the parameter joins, in words."""
        target = self.shape.full_name(explanation.layer, explanation.unit)
        if explanation.source is None:
            return QCoreApplication.translate("Inspector", "the bias of {target}").format(target=target)
        source = self.shape.full_name(explanation.layer - 1, explanation.source)
        return QCoreApplication.translate("Inspector", "from {source} to {target}").format(source=source, target=target)

    def waiting(self, explanation: Explanation) -> str:
        """Return what this step has to compute before the gradient is known."""
        awaited, coming = explanation.awaited, explanation.next_phase
        if awaited is None or coming is None:
            return ""
        if awaited == coming:
            text = QCoreApplication.translate(
                "Inspector", "Not computed yet in this step: the gradient comes next, with {phase}."
            )
            return text.format(phase=wording.phase(awaited))
        text = QCoreApplication.translate(
            "Inspector", "Not computed yet in this step: the gradient comes with {phase}. Next is {coming}."
        )
        return text.format(phase=wording.phase(awaited), coming=wording.phase(coming))


@dataclass(frozen=True, eq=False)
class UnitSubject(Looked):
    """A unit at a moment; or, with ``trouble``, one that does not exist or computes nothing."""

    layer: int
    unit: int
    explanation: UnitExplanation | None

    def name(self) -> str:
        """Return the unit as the formulas count it, from 1: "Unit 2 of layer 1"."""
        text = QCoreApplication.translate("Inspector", "Unit {unit} of layer {layer}")
        return text.format(unit=self.unit + 1, layer=self.layer)

    def waiting(self) -> str:
        """Return what this step has to compute before z, and then delta, is known; empty when all is there."""
        explanation = self.explanation
        awaited, coming = (explanation.awaited, explanation.next_phase) if explanation is not None else (None, None)
        if explanation is None or awaited is None or coming is None:
            return ""
        text = _awaited_z(awaited == coming) if explanation.z is None else _awaited_delta(awaited == coming)
        # A phase and its number stay in one line.
        phase, after = (wording.phase(which).replace(" ", "\N{NO-BREAK SPACE}") for which in (awaited, coming))
        return text.format(phase=phase, coming=after)


def _awaited_z(is_next: bool) -> str:
    if is_next:
        return QCoreApplication.translate("Inspector", "Not computed yet in this step: z comes next, with {phase}.")
    return QCoreApplication.translate(
        "Inspector", "Not computed yet in this step: z comes with {phase}. Next is {coming}."
    )


def _awaited_delta(is_next: bool) -> str:
    if is_next:
        return QCoreApplication.translate("Inspector", "δ comes next, with {phase}.")
    return QCoreApplication.translate("Inspector", "δ comes with {phase}. Next is {coming}.")


def inquire(target: Target, shape: Shape, snapshot: Snapshot, row: int) -> Subject | UnitSubject:
    """Return ``target`` at a moment with sample ``row`` of the batch; one that does not exist is said in words."""
    if isinstance(target, Parameter):
        try:
            return Subject(shape, snapshot, row, "", explain(snapshot, target.name, target.index))
        except ParameterError as error:
            return Subject(shape, snapshot, row, wording.sentence(error), None)
    layer, unit = target.layer, target.unit
    if layer == 0:
        nothing = UnitSubject(shape, snapshot, row, "", layer, unit, None)
        return replace(nothing, trouble=_input_words(nothing, unit))
    try:
        return UnitSubject(shape, snapshot, row, "", layer, unit, explain_unit(snapshot, layer, unit))
    except UnitError as error:
        return UnitSubject(shape, snapshot, row, wording.sentence(error), layer, unit, None)


def _input_words(subject: Looked, unit: int) -> str:
    """Return why there is nothing to explain of an input, with its value."""
    name = subject.shape.unit_name(0, unit)
    if not 0 <= unit < subject.shape.sizes[0]:
        return QCoreApplication.translate(
            "Inspector", "This network has {count} inputs, and no input {unit}: choose another one."
        ).format(count=subject.shape.sizes[0], unit=unit + 1)
    text = QCoreApplication.translate(
        "Inspector",
        "{name} is an input: its value {value} is given by the sample, not computed, so it has no z, no slope and "
        "no δ. Choose a unit of a layer instead.",
    )
    return text.format(name=name, value=with_minus(f"{subject.snapshot.x[subject.row, unit]:g}"))
