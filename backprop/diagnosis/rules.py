"""Diagnosis: why a run does not learn, from one moment and the record up to it, in the past as well as live.

A rule looks at a case and returns a finding, or None where there is nothing wrong or not enough to go by. To add one,
write it and enter it in ``RULES``.

>>> import backprop
>>> trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment)
>>> trainer.run()
>>> early = backprop.Cursor(300, 0, 6)
>>> found = diagnose(trainer.snapshot_at(early), trainer.history.view())
>>> [(finding.key, finding.numbers["leaving"]) for finding in found.findings]
[('plateau', True)]
>>> diagnose(trainer.snapshot(), trainer.history.view()).findings
()
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backprop.diagnosis.finding import Case, Cure, Evidence, Finding
from backprop.diagnosis.progress import plateau, rate_too_high, rate_too_low, stuck
from backprop.diagnosis.saturation import saturated_layer, saturated_outputs
from backprop.diagnosis.signals import dead_relu, diverged, exploding, symmetric, vanishing
from backprop.diagnosis.vital_signs import vital_signs
from backprop.history import HistoryView
from backprop.snapshot import Snapshot

__all__ = ["RULES", "Case", "Cure", "Diagnosis", "Evidence", "Finding", "Rule", "diagnose", "record_until"]

Rule = Callable[[Case], Finding | None]

#: The rules by the key of their findings, causes before effects: this is the order in which findings are told.
RULES: dict[str, Rule] = {
    "diverged": diverged,
    "symmetric": symmetric,
    "exploding": exploding,
    "dead_relu": dead_relu,
    "vanishing": vanishing,
    "rate_too_high": rate_too_high,
    "rate_too_low": rate_too_low,
    "saturated_outputs": saturated_outputs,
    "stuck": stuck,
    "saturated_layer": saturated_layer,
    "plateau": plateau,
}
#: What need not be told beside its cause, whose cures are the ones that help.
_EFFECTS: dict[str, frozenset[str]] = {
    "plateau": frozenset(RULES) - {"plateau", "saturated_layer"},
    "saturated_outputs": frozenset({"rate_too_high"}),
}
_SEVERITIES = ("severe", "warning", "note")


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What a moment shows: the case with its signs, and the findings, the most severe first."""

    case: Case
    findings: tuple[Finding, ...]


def diagnose(snapshot: Snapshot, history: HistoryView, epochs: int | None = None) -> Diagnosis:
    """Apply all rules to a moment. What ``history`` knows of later moments is left out.

    ``epochs`` is the number of epochs of the run where it has been changed since.
    """
    case = Case(
        snapshot,
        record_until(snapshot, history),
        vital_signs(snapshot),
        snapshot.experiment.epochs if epochs is None else epochs,
    )
    with np.errstate(all="ignore"):
        found = _findings(case)
    return Diagnosis(case, tuple(sorted(found, key=lambda finding: _SEVERITIES.index(finding.severity))))


def _findings(case: Case) -> list[Finding]:
    found = []
    for rule in RULES.values():
        finding = rule(case)
        if finding is not None:
            found.append(finding)
            if finding.key == "diverged":
                break  # what is no longer a number cannot be measured
    keys = {finding.key for finding in found}
    return [finding for finding in found if not _EFFECTS.get(finding.key, frozenset()) & keys]


def record_until(snapshot: Snapshot, history: HistoryView) -> HistoryView:
    """Return the part of ``history`` that was recorded at the moment of ``snapshot``."""
    return history.until(snapshot.steps_done, snapshot.step + snapshot.compared)
