"""The inspector in a sentence or two, for a person who cannot see it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app import wording
from app.panels.inspector.subject import Subject, UnitSubject
from app.panels.inspector.unit_words import state_words
from app.panels.inspector.words import parameter_name
from app.widgets.value_text import with_minus
from backprop.chain_rule.text import factor_texts, share_texts, update_texts
from backprop.chain_rule.unit_text import delta_texts, slope_texts, sum_texts


def parameter_summary(subject: Subject) -> str:
    """Return the parameter, its share of this sample, the gradient and the update; or what is not there yet."""
    explanation = subject.explanation
    if explanation is None:
        return subject.trouble
    words = QCoreApplication.translate("Inspector", "{name}, {words}.").format(
        name=parameter_name(explanation), words=subject.connection(explanation)
    )
    if explanation.gradient is None:
        return wording.together(words, subject.waiting(explanation))
    _, share = factor_texts(explanation, subject.row)
    _, total = share_texts(explanation)
    old, eta, gradient, new = update_texts(explanation)
    template = QCoreApplication.translate(
        "Inspector",
        "{words} Sample {sample} adds {share} to the gradient; the sum over {count} samples is {total}. "
        "Update: {old} minus {eta} times {gradient} gives {new}.",
    )
    return with_minus(
        template.format(
            words=words,
            sample=subject.sample_name(),
            share=share,
            count=explanation.samples,
            total=total,
            old=old,
            eta=eta,
            gradient=gradient,
            new=new,
        )
    )


def unit_summary(subject: UnitSubject) -> str:
    """Return the unit, its z, a, slope and delta for this sample, and what the slope means, as far as known."""
    explanation = subject.explanation
    if explanation is None:
        return subject.trouble
    template = QCoreApplication.translate("Inspector", "{unit}, {name}, sample {sample}.")
    sentences = [
        template.format(
            unit=subject.name(),
            name=subject.shape.full_name(subject.layer, subject.unit),
            sample=subject.sample_name(),
        )
    ]
    if explanation.z is not None:
        a, slope = slope_texts(explanation, subject.row)
        text = QCoreApplication.translate("Inspector", "z is {z}, a is {a}, the slope is {slope}.")
        sentences.append(text.format(z=sum_texts(explanation, subject.row).z, a=a, slope=slope))
        sentences += state_words(explanation, subject.row)
    if explanation.delta is not None:
        text = QCoreApplication.translate("Inspector", "Delta is {delta}.")
        sentences.append(text.format(delta=delta_texts(explanation, subject.row)[1]))
    return with_minus(wording.together(*sentences, subject.waiting()))
