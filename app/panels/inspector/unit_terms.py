"""A unit's rows of formulas: each term with its number, its colour, what it means, and where a click leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.look.theme import Theme
from app.panels.inspector.formula import Term
from app.panels.inspector.sheet import NOT_YET
from app.panels.inspector.subject import UnitSubject
from app.panels.inspector.words import meaning
from app.panels.network.sample_view import Parameter, Target, Unit
from app.widgets.value_text import exact, with_minus
from backprop.chain_rule.digits import significant
from backprop.chain_rule.notation import Formula
from backprop.chain_rule.parameter import Factor
from backprop.chain_rule.unit import UnitExplanation
from backprop.chain_rule.unit_notation import UnitNotation
from backprop.chain_rule.unit_text import delta_factors, delta_texts, slope_texts, sum_texts


class UnitTerms:
    """The terms of z, of a and the slope, and of delta; ``targets`` tells which of them lead somewhere."""

    def __init__(self, subject: UnitSubject, explanation: UnitExplanation, theme: Theme) -> None:
        self.subject = subject
        self.explanation = explanation
        self.theme = theme
        self.notation = UnitNotation(explanation)
        self.targets: dict[Term, Target] = {}
        #: Worked out when somebody points at a term: a page is made for every moment, and hardly ever pointed at.
        self._hints: dict[Term, Callable[[], str]] = {}

    def hint(self, term: Term) -> str:
        """Return what ``term`` is, with all digits."""
        return self._hints[term]() if term in self._hints else ""

    def short(self) -> list[Term]:
        """Return z, a, the slope and delta, each by its name and with few digits."""
        explanation, notation, theme = self.explanation, self.notation, self.theme
        terms: list[Term] = []
        for formula, values, colour, hint in (
            ((notation.z(),), explanation.z, theme.text, "z"),
            ((notation.a(),), explanation.a, theme.forward, "a"),
            (notation.slope_name(), explanation.slope, theme.backward, "slope"),
            ((notation.own_delta(),), explanation.delta, theme.backward, "delta"),
        ):
            number = NOT_YET if values is None else significant(float(values[self.subject.row]), 3)
            terms.append(self._term(formula, number, colour, " " if terms else "", partial(self._exact, hint)))
        return terms

    def sum(self, most: int) -> list[Term]:
        """Return z and what it is the sum of, with ``most`` terms for the inputs at most."""
        explanation, notation = self.explanation, self.notation
        if explanation.z is None:
            return [self._z_term(NOT_YET), self._term(notation.sum(), NOT_YET, self.theme.forward, "=")]
        texts = sum_texts(explanation, self.subject.row, most)
        terms = [self._z_term(texts.z)]
        for part in texts.terms:
            sign = "+" if len(terms) > 1 else "="
            if part.source is None:
                terms.append(self._others(texts.others, part.text, sign))
                continue
            weight = float(explanation.weights[part.source])
            colour = self.theme.positive if weight >= 0 else self.theme.negative
            hint = partial(self._input_hint, part.source)
            term = self._term(notation.weighted(part.source), part.text, colour, sign, hint)
            self.targets[term] = Parameter(f"W{explanation.layer}", (part.source, explanation.unit))
            terms.append(term)
        if texts.bias is not None and explanation.bias is not None:
            colour = self.theme.positive if explanation.bias >= 0 else self.theme.negative
            term = self._term((notation.bias(),), texts.bias, colour, "+", partial(self._exact, "bias"))
            self.targets[term] = Parameter(f"b{explanation.layer}", (explanation.unit,))
            terms.append(term)
        return terms

    def function(self) -> list[Term]:
        """Return a and the slope."""
        notation, theme = self.notation, self.theme
        a, slope = self._slope_texts()
        function: Formula = (notation.a(), " = ", *notation.function())
        right = notation.slope()
        name = notation.slope_name()
        full: Formula = name if right == name else (*name, " = ", *right)
        return [
            self._term(function, a, theme.forward, hint=partial(self._exact, "a")),
            self._term(full, slope, theme.backward, " ", partial(self._exact, "slope")),
        ]

    def dense(self, factors: bool) -> list[Term]:
        """Return a, the slope by its name, and delta, with its factors if wanted, behind one another."""
        a, slope = self._slope_texts()
        function: Formula = (self.notation.a(), " = ", *self.notation.function())
        own, *rest = self.delta(" ")
        return [
            self._term(function, a, self.theme.forward, hint=partial(self._exact, "a")),
            self._term(self.notation.slope_name(), slope, self.theme.backward, " ", partial(self._exact, "slope")),
            own,
            *(rest if factors else ()),
        ]

    def delta(self, sign: str = "") -> list[Term]:
        """Return delta and its factors; ``sign`` stands before it."""
        terms = [self._delta_term(sign)]
        explanation, notation = self.explanation, self.notation
        factors = delta_factors(explanation)
        texts = [NOT_YET] * len(factors)
        if explanation.delta is not None:
            texts = delta_texts(explanation, self.subject.row)[0]
        for factor, text in zip(factors, texts, strict=True):
            between = "·" if len(terms) > 1 else "="
            hint = partial(self._factor_hint, factor)
            term = self._term(notation.factor(factor), text, self._colour(factor), between, hint)
            target = self._target(factor)
            if target is not None:
                self.targets[term] = target
            terms.append(term)
        return terms

    # --- single terms

    def _term(
        self, formula: Formula, number: str, colour: str, sign: str = "", hint: Callable[[], str] | None = None
    ) -> Term:
        term = Term(formula, with_minus(number), colour, sign, known=number != NOT_YET)
        if hint is not None:
            self._hints[term] = hint
        return term

    def _z_term(self, number: str) -> Term:
        return self._term((self.notation.z(),), number, self.theme.text, hint=partial(self._exact, "z"))

    def _delta_term(self, sign: str) -> Term:
        explanation = self.explanation
        number = NOT_YET if explanation.delta is None else delta_texts(explanation, self.subject.row)[1]
        return self._term(
            (self.notation.own_delta(),), number, self.theme.backward, sign, partial(self._exact, "delta")
        )

    def _slope_texts(self) -> tuple[str, str]:
        return (NOT_YET, NOT_YET) if self.explanation.z is None else slope_texts(self.explanation, self.subject.row)

    def _others(self, count: int, number: str, sign: str) -> Term:
        every = count == len(self.explanation.weights)
        text = (
            QCoreApplication.translate("Inspector", "all {count} inputs")
            if every
            else QCoreApplication.translate("Inspector", "{count} others")
        )
        hint = partial(self._others_hint, every)
        return self._term((text.format(count=f"{count:,}"),), number, self.theme.soft_text, sign, hint)

    @staticmethod
    def _others_hint(every: bool) -> str:
        if every:
            return QCoreApplication.translate("Inspector", "The sum of all weights times their inputs.")
        return QCoreApplication.translate("Inspector", "All other weights times their inputs, which add less each.")

    # --- words and ways

    def _exact(self, what: str) -> str:
        if what == "bias":
            assert self.explanation.bias is not None
            bias = exact(self.explanation.bias)
            return QCoreApplication.translate("Inspector", "What is added whatever comes in: {value}").format(
                value=bias
            )
        words, values = {
            "z": (QCoreApplication.translate("Inspector", "What comes in: z = {value}"), self.explanation.z),
            "a": (QCoreApplication.translate("Inspector", "What goes out: a = {value}"), self.explanation.a),
            "slope": (
                QCoreApplication.translate("Inspector", "How steep the function is at z: {value}"),
                self.explanation.slope,
            ),
            "delta": (
                QCoreApplication.translate("Inspector", "How this sample's objective changes with z: δ = {value}"),
                self.explanation.delta,
            ),
        }[what]
        if values is None:
            return QCoreApplication.translate("Inspector", "Not computed yet in this step.")
        return words.format(value=exact(values[self.subject.row]))

    def _input_hint(self, source: int) -> str:
        explanation = self.explanation
        assert explanation.inputs is not None
        text = QCoreApplication.translate(
            "Inspector", "From {source}: weight {weight} times {value}. Click to see this weight's gradient."
        )
        return text.format(
            source=self.subject.shape.full_name(explanation.layer - 1, source),
            weight=exact(explanation.weights[source]),
            value=exact(explanation.inputs[self.subject.row, source]),
        )

    def _factor_hint(self, factor: Factor) -> str:
        if factor.values is None:
            number = QCoreApplication.translate("Inspector", "Not computed yet in this step.")
        else:
            number = exact(factor.values[self.subject.row])
        return f"{meaning(factor.kind)}\n{number}"

    def _colour(self, factor: Factor) -> str:
        if factor.kind == "weight" and factor.values is not None:
            return self.theme.positive if factor.values[0] >= 0 else self.theme.negative
        return self.theme.text if factor.kind == "objective" else self.theme.backward

    def _target(self, factor: Factor) -> Target | None:
        explanation = self.explanation
        if factor.kind == "weight":
            return Parameter(f"W{explanation.layer + 1}", (explanation.unit, 0))
        return Unit(explanation.layer + 1, 0) if factor.kind == "delta_above" else None
