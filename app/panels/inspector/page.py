"""The inspector's page: formula, sum, update and shares, arranged so that they fit the room there is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.look.theme import Theme
from app.panels.inspector.fonts import PageFonts
from app.panels.inspector.formula import FormulaRow, FormulaTypeface, Term
from app.panels.inspector.shares import Share
from app.panels.inspector.sheet import GAP, NOT_YET, ROOMY, Sheet
from app.panels.inspector.subject import Subject
from app.panels.inspector.words import array_name, counting, meaning
from app.panels.network.sample_view import Parameter, Target, Unit
from app.widgets.value_text import exact, with_minus
from backprop.chain_rule.digits import significant
from backprop.chain_rule.notation import Notation
from backprop.chain_rule.parameter import Explanation, Factor
from backprop.chain_rule.text import Share as ShareText
from backprop.chain_rule.text import factor_texts, share_texts, shown_factors, update_texts


class Page(Sheet):
    """The chain rule of one parameter."""

    def __init__(
        self, subject: Subject, theme: Theme, fonts: PageFonts, width: float, height: float, heading: str | None = None
    ) -> None:
        super().__init__(theme, fonts, width, height, heading)
        self.subject = subject
        self.formula: FormulaRow | None = None
        self._formula_top = 0.0
        self._targets: dict[Term, Target] = {}
        self._objective: tuple[QPointF, FormulaTypeface] | None = None
        self._notation = Notation(subject.explanation) if subject.explanation is not None else None
        self._arrange()

    # --- what it says

    def texts(self) -> list[str]:
        numbers = [place.term.number for place in self.formula.places] if self.formula is not None else []
        shares = [text for _, share in self.bars.places for text in (share.label, share.text)]
        chip = [self.chip[1]] if self.chip is not None else []
        return [*numbers, *chip, *(line[2] for line in self.lines), *shares]

    def _terms(self, explanation: Explanation, compact: bool) -> list[Term]:
        theme, notation, row = self.theme, self._notation, self.subject.row
        assert notation is not None
        factors = shown_factors(explanation)
        if explanation.shares is not None:
            texts, result = factor_texts(explanation, row)
        else:
            texts = [NOT_YET if f.values is None else significant(float(f.values[row]), 6) for f in factors]
            result = NOT_YET
        share = explanation.shares
        hint = f"{array_name(explanation)}: {self.subject.connection(explanation)}\n{counting()}"
        if share is not None:
            hint += f"\n{exact(share[row])}"
        first = Term(
            notation.gradient(of_sample=True), with_minus(result), theme.text, hint=hint, known=share is not None
        )
        if compact:
            return [first, *self._compact_terms(explanation)]
        terms = [first]
        for factor, text in zip(factors, texts, strict=True):
            sign = "·" if len(terms) > 1 else "="
            colour = self._colour(factor)
            term = Term(notation.factor(factor), with_minus(text), colour, sign, self._hint(factor), text != NOT_YET)
            target = self._target(explanation, factor)
            if target is not None:
                self._targets[term] = target
            terms.append(term)
        return terms

    @staticmethod
    def _target(explanation: Explanation, factor: Factor) -> Target | None:
        """Return the unit or weight that a factor's number comes from."""
        if factor.kind == "objective":
            return None
        if factor.kind == "input":
            below = explanation.layer - 1
            return Unit(below, explanation.source) if explanation.source is not None and below else None
        if factor.kind == "weight":
            return Parameter(f"W{explanation.layer + 1}", (explanation.unit, 0))
        if factor.kind == "delta_above":
            return Unit(explanation.layer + 1, 0)
        return Unit(explanation.layer, explanation.unit)

    def _compact_terms(self, explanation: Explanation) -> list[Term]:
        notation, row = self._notation, self.subject.row
        assert notation is not None
        delta, inputs = notation.short()
        terms = []
        for sign, formula, values, colour in (
            ("=", delta, explanation.delta, self.theme.backward),
            ("·", inputs, explanation.inputs, self.theme.forward),
        ):
            text = NOT_YET if values is None else with_minus(significant(float(values[row]), 6))
            hint = "" if values is None else exact(values[row])
            terms.append(Term(formula, text, colour, sign, hint, values is not None))
        return terms

    def _colour(self, factor: Factor) -> str:
        theme = self.theme
        if factor.kind == "input":
            return theme.forward
        if factor.kind == "weight" and factor.values is not None:
            return theme.positive if factor.values[0] >= 0 else theme.negative
        return theme.text if factor.kind == "objective" else theme.backward

    def _hint(self, factor: Factor) -> str:
        if factor.values is None:
            return f"{meaning(factor.kind)}\n" + QCoreApplication.translate(
                "Inspector", "Not computed yet in this step."
            )
        return f"{meaning(factor.kind)}\n{exact(factor.values[self.subject.row])}"

    # --- where it stands

    def _arrange(self) -> None:
        room = self.room_below_heading()
        explanation = self.subject.explanation
        if explanation is None:
            self.say(room, self.subject.trouble)
            return
        self.formula = self._fitting_formula(explanation, room)
        self._formula_top = room.top()
        room.setTop(room.top() + self.formula.height + GAP)
        if explanation.gradient is None:
            words = self.subject.waiting(explanation)
            self.say(room, words)
            room.setHeight(self.bold.height)
            self._arrange_objective([room.adjusted(self.plain.advance(words), 0, 0, 0)])
            return
        below = room.adjusted(0, self.bold.height + 6.0 + GAP, 0, 0)
        shares, total = share_texts(explanation, self.bars.slots(below).count, self.subject.row)
        room.setTop(self._arrange_update(explanation, total, room) + GAP)
        if self.bars.slots(room).count < len(shares):  # the update took two lines
            shares, _ = share_texts(explanation, self.bars.slots(room).count, self.subject.row)
        self._arrange_shares(explanation, shares, room)

    def _fitting_formula(self, explanation: Explanation, room: QRectF) -> FormulaRow:
        """Return the formula as large and as complete as fits, leaving room for the update below it."""
        most = room.height() - 2 * self.plain.height - 1.5 * GAP
        roomy = 1.25 if room.height() > ROOMY else 1.0
        terms = self._terms(explanation, compact=False)
        for size, lines in ((roomy, 1), (1.0, 1), (0.86, 1), (0.86, 3)):
            row = FormulaRow(terms, room.width(), self.fonts.formula(size))
            if row.fits and row.lines <= lines and row.height <= most:
                return row
        terms = self._terms(explanation, compact=True)
        row = FormulaRow(terms, room.width(), self.fonts.formula(1.0))
        return row if row.lines == 1 and row.fits else FormulaRow(terms, room.width(), self.fonts.formula(0.8))

    def _arrange_update(self, explanation: Explanation, total: str, room: QRectF) -> float:
        """Place sum and update, side by side where there is room; return where the rest begins."""
        chip = QCoreApplication.translate("Inspector", "sum over {count} samples {total}").format(
            count=f"{explanation.samples:,}", total=with_minus(total)
        )
        begin, end = self._update_words(explanation)
        height = self.bold.height + 6.0
        width = self.bold.advance(chip) + 20.0
        needed = self.plain.advance(begin) + self.bold.advance(end)
        if width + needed + 2 * GAP > room.width() and needed > room.width():
            begin, end = self._short_update(explanation)
            needed = self.plain.advance(begin) + self.bold.advance(end)
        top = room.top()
        self.chip = (QRectF(room.left(), top, min(width, room.width()), height), chip)
        x = room.left() + width + 2 * GAP
        if x + needed > room.right():
            x, top = room.left(), top + height + 3.0
        line = QRectF(x, top, room.right() - x, height)
        self.say(line, begin, align=Qt.AlignmentFlag.AlignVCenter)
        after = line.adjusted(self.plain.advance(begin), 0, 0, 0)
        self.say(after, end, bold=True, align=Qt.AlignmentFlag.AlignVCenter)
        formula = self.formula
        assert formula is not None
        used = max(place.room.right() for place in formula.places if place.top == 0)
        beside = QRectF(room.left() + used, self._formula_top, room.width() - used, formula.face.symbol_height)
        self._arrange_objective([line.adjusted(needed, 0, 0, 0), beside])
        return top + height

    def _arrange_objective(self, rooms: list[QRectF]) -> None:
        """Place the objective at the right of the first of ``rooms`` in which it fits."""
        assert self._notation is not None
        face = self.fonts.formula(0.74)
        width = face.width(self._notation.objective()) + 2.0
        for room in rooms:
            if width + 3 * GAP <= room.width():
                base = room.center().y() + 0.36 * face.ascent
                self._objective = (QPointF(room.right() - width, base), face)
                return

    def _update_words(self, explanation: Explanation) -> tuple[str, str]:
        old, eta, gradient, new = update_texts(explanation)
        template = (
            QCoreApplication.translate("Inspector", "updated {letter} = {old} − {eta} · {gradient} = ")
            if explanation.update.made
            else QCoreApplication.translate("Inspector", "new {letter} = {old} − {eta} · {gradient} = ")
        )
        bracketed = f"({gradient})" if gradient.startswith("-") else gradient
        words = template.format(letter=explanation.name[0].lower(), old=old, eta=eta, gradient=bracketed)
        return with_minus(words), with_minus(new)

    def _short_update(self, explanation: Explanation) -> tuple[str, str]:
        old, _, _, new = update_texts(explanation)
        return with_minus(f"{explanation.name[0].lower()}: {old} → "), with_minus(new)

    def _arrange_shares(self, explanation: Explanation, shares: list[ShareText], room: QRectF) -> None:
        if self.bars.slots(room).count < len(shares):
            return
        subject = self.subject
        others = QCoreApplication.translate("Inspector", "the other {count}").format(
            count=explanation.samples - len(shares) + 1
        )
        self.bars.arrange(
            room,
            [
                Share(
                    share.row,
                    others if share.row is None else subject.share_name(share.row),
                    share.value,
                    with_minus(share.text),
                    share.row == subject.row,
                )
                for share in shares
            ],
        )

    # --- painting and pointing

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.formula is not None:
            self.formula.paint(painter, self.theme, QPointF(self.room.left(), self._formula_top))
        if self._objective is not None and self._notation is not None:
            at, face = self._objective
            face.paint(painter, at, self._notation.objective(), self.theme.soft_text)
        self.paint_texts(painter)

    def _term_at(self, point: QPointF) -> Term | None:
        return self.formula.find(point - QPointF(self.room.left(), self._formula_top)) if self.formula else None

    def target_at(self, point: QPointF) -> Target | None:
        term = self._term_at(point)
        return None if term is None else self._targets.get(term)

    def hint_at(self, point: QPointF) -> str:
        explanation = self.subject.explanation
        if explanation is None:
            return ""
        term = self._term_at(point)
        if term is not None:
            return with_minus(term.hint)
        if self.chip is not None and self.chip[0].contains(point) and explanation.gradient is not None:
            text = QCoreApplication.translate("Inspector", "The gradient, the sum of all shares: {value}")
            return text.format(value=exact(explanation.gradient))
        share = self.bars.find(point)
        if share is None or explanation.shares is None:
            return ""
        value = share.value if share.row is None else explanation.shares[share.row]
        return f"{share.label}\n{with_minus(str(value))}"
