"""What is copied of the inspector, as text or as LaTeX, in the person's language."""

from PySide6.QtCore import QCoreApplication

from app.panels.inspector.subject import Subject, UnitSubject
from backprop.chain_rule import text, unit_text
from backprop.chain_rule.text import Words
from backprop.chain_rule.unit_text import UnitWords


def copied(subject: Subject | UnitSubject, latex: bool) -> str:
    """Return formulas and numbers of ``subject``; empty where nothing is explained."""
    if isinstance(subject, UnitSubject):
        if subject.explanation is None:
            return ""
        write_unit = unit_text.to_latex if latex else unit_text.to_text
        return write_unit(subject.explanation, subject.row, _unit_words())
    if subject.explanation is None:
        return ""
    write = text.to_latex if latex else text.to_text
    return write(subject.explanation, subject.row, _words())


def _words() -> Words:
    """Return the words of copied text, translated."""
    return Words(
        parameter=QCoreApplication.translate(
            "Inspector", "{name} in NumPy · epoch {epoch}, batch {batch}, phase {phase} of {phases}"
        ),
        sample=QCoreApplication.translate("Inspector", "sample {number} of {count}"),
        rest=QCoreApplication.translate("Inspector", "the other {count}"),
        total=QCoreApplication.translate("Inspector", "Sum over {count} samples"),
        made=QCoreApplication.translate("Inspector", "The update has been made"),
        to_come=QCoreApplication.translate("Inspector", "The update will give"),
        waiting=QCoreApplication.translate(
            "Inspector",
            "Not computed yet in this step: the gradient comes with the backward phase of layer {layer}.",
        ),
        not_yet=QCoreApplication.translate("Inspector", "not yet"),
    )


def _unit_words() -> UnitWords:
    """Return the words of copied text, translated."""
    return UnitWords(
        unit=QCoreApplication.translate(
            "Inspector", "Unit {unit} of layer {layer} · epoch {epoch}, batch {batch}, phase {phase} of {phases}"
        ),
        sample=QCoreApplication.translate("Inspector", "sample {number} of {count}"),
        others=QCoreApplication.translate("Inspector", "the other {count} inputs"),
        waiting=QCoreApplication.translate(
            "Inspector", "Not computed yet in this step: {symbol} comes with the {kind} phase of layer {layer}."
        ),
    )
