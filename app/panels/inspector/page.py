"""The inspector's page: formula, sum, update and shares, arranged so that they fit the room there is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app import wording
from app.panels.inspector.formula import FormulaRow, FormulaTypeface, Term
from app.panels.inspector.shares import Share, ShareBars, ShareFonts
from app.panels.inspector.words import array_name, meaning
from app.panels.network.describe import sample_name
from app.panels.network.sample_view import SampleView, Shape
from app.theme import Theme, number_font
from app.widgets.typeface import Typeface
from app.widgets.value_text import exact, with_minus
from backprop import Snapshot
from backprop.chain_rule import Explanation, Factor
from backprop.chain_rule_digits import significant
from backprop.chain_rule_notation import Notation
from backprop.chain_rule_text import Share as ShareText
from backprop.chain_rule_text import factor_texts, share_texts, shown_factors, update_texts

_GAP = 10.0
_TEXT_POINTS = 9.5
_MARGIN = 4.0
_ROOMY = 260.0
#: How much larger text is in a figure.
EXPORT_SCALE = 1.25
_EXPORT_MARGIN = 32.0
_NOT_YET = "–"
_FEW_INPUTS = 4


@dataclass(frozen=True, eq=False)
class Subject:
    """What is explained: a parameter at a moment, with one sample of the batch; or why it cannot be explained."""

    shape: Shape
    snapshot: Snapshot
    row: int
    explanation: Explanation | None
    trouble: str = ""

    def sample_name(self) -> str:
        """Return the sample in a word or two: its inputs where they are few, or its number in the batch."""
        x = self.snapshot.x[self.row]
        if len(x) <= _FEW_INPUTS:
            return with_minus("({inputs})".format(inputs=", ".join(f"{value:g}" for value in x)))
        text = QCoreApplication.translate("Inspector", "{number} of {count}")
        return text.format(number=self.row + 1, count=len(self.snapshot.rows))

    def share_name(self, row: int) -> str:
        """Return what a row of the batch is called beside its share."""
        name = sample_name(SampleView(self.shape, self.snapshot, row))
        return with_minus(name) if self.snapshot.x.shape[1] <= _FEW_INPUTS else f"{row + 1} · {name}"

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


class PageFonts:
    """Every font of a page, measured once and kept over all moments; ``scale`` enlarges a figure."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self.plain = Typeface(number_font(_TEXT_POINTS * scale))
        self.bold = Typeface(number_font(_TEXT_POINTS * scale, bold=True))
        self.shares = ShareFonts(scale)
        self._formulas: dict[float, FormulaTypeface] = {}

    def formula(self, size: float) -> FormulaTypeface:
        """Return the fonts of a formula, ``size`` times as large as usual."""
        if size not in self._formulas:
            self._formulas[size] = FormulaTypeface(size * self.scale)
        return self._formulas[size]


class Page:
    """Everything that is painted of a subject in ``width`` by ``height`` pixels; a heading makes it a figure."""

    def __init__(
        self, subject: Subject, theme: Theme, fonts: PageFonts, width: float, height: float, heading: str | None = None
    ) -> None:
        self.subject = subject
        self.theme = theme
        self.heading = heading
        self.fonts = fonts
        self.plain, self.bold = fonts.plain, fonts.bold
        margin = _MARGIN if heading is None else _EXPORT_MARGIN
        self._room = QRectF(margin, margin, max(1.0, width - 2 * margin), max(1.0, height - 2 * margin))
        self.bars = ShareBars(fonts.shares, fonts.scale)
        self.formula: FormulaRow | None = None
        self._formula_top = 0.0
        #: Texts as they stand: where, how aligned, what, and whether bold and in full colour.
        self.lines: list[tuple[QRectF, Qt.AlignmentFlag, str, bool]] = []
        self.chip: tuple[QRectF, str] | None = None
        self._objective: tuple[QPointF, FormulaTypeface] | None = None
        self._notation = Notation(subject.explanation) if subject.explanation is not None else None
        self._arrange()

    # --- what it says

    def texts(self) -> list[str]:
        """Return every text on the page, apart from the formulas' symbols."""
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
            texts = [_NOT_YET if f.values is None else significant(float(f.values[row]), 6) for f in factors]
            result = _NOT_YET
        share = explanation.shares
        hint = f"{array_name(explanation)}: {self.subject.connection(explanation)}"
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
            terms.append(
                Term(notation.factor(factor), with_minus(text), colour, sign, self._hint(factor), text != _NOT_YET)
            )
        return terms

    def _compact_terms(self, explanation: Explanation) -> list[Term]:
        notation, row = self._notation, self.subject.row
        assert notation is not None
        delta, inputs = notation.short()
        terms = []
        for sign, formula, values, colour in (
            ("=", delta, explanation.delta, self.theme.backward),
            ("·", inputs, explanation.inputs, self.theme.forward),
        ):
            text = _NOT_YET if values is None else with_minus(significant(float(values[row]), 6))
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
        room = QRectF(self._room)
        if self.heading:
            self._say(room, self.heading, bold=True, align=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            room.setTop(room.top() + self.bold.height + 2 * _GAP)
        explanation = self.subject.explanation
        if explanation is None:
            self._say(room, self.subject.trouble)
            return
        self.formula = self._fitting_formula(explanation, room)
        self._formula_top = room.top()
        room.setTop(room.top() + self.formula.height + _GAP)
        if explanation.gradient is None:
            words = self.subject.waiting(explanation)
            self._say(room, words)
            room.setHeight(self.bold.height)
            self._arrange_objective([room.adjusted(self.plain.advance(words), 0, 0, 0)])
            return
        below = room.adjusted(0, self.bold.height + 6.0 + _GAP, 0, 0)
        shares, total = share_texts(explanation, self.bars.slots(below).count, self.subject.row)
        room.setTop(self._arrange_update(explanation, total, room) + _GAP)
        if self.bars.slots(room).count < len(shares):  # the update took two lines
            shares, _ = share_texts(explanation, self.bars.slots(room).count, self.subject.row)
        self._arrange_shares(explanation, shares, room)

    def _fitting_formula(self, explanation: Explanation, room: QRectF) -> FormulaRow:
        """Return the formula as large and as complete as fits, leaving room for the update below it."""
        most = room.height() - 2 * self.plain.height - 1.5 * _GAP
        roomy = 1.25 if room.height() > _ROOMY else 1.0
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
        if width + needed + 2 * _GAP > room.width() and needed > room.width():
            begin, end = self._short_update(explanation)
            needed = self.plain.advance(begin) + self.bold.advance(end)
        top = room.top()
        self.chip = (QRectF(room.left(), top, min(width, room.width()), height), chip)
        x = room.left() + width + 2 * _GAP
        if x + needed > room.right():
            x, top = room.left(), top + height + 3.0
        line = QRectF(x, top, room.right() - x, height)
        self._say(line, begin, align=Qt.AlignmentFlag.AlignVCenter)
        after = line.adjusted(self.plain.advance(begin), 0, 0, 0)
        self._say(after, end, bold=True, align=Qt.AlignmentFlag.AlignVCenter)
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
            if width + 3 * _GAP <= room.width():
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

    def _say(
        self,
        room: QRectF,
        text: str,
        bold: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
    ) -> None:
        self.lines.append((QRectF(room), align, text, bold))

    # --- painting and pointing

    def paint(self, painter: QPainter) -> None:
        """Paint the page."""
        theme = self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.formula is not None:
            self.formula.paint(painter, theme, QPointF(self._room.left(), self._formula_top))
        if self.chip is not None:
            self._paint_chip(painter, *self.chip)
        if self._objective is not None and self._notation is not None:
            at, face = self._objective
            face.paint(painter, at, self._notation.objective(), theme.soft_text)
        for room, align, text, bold in self.lines:
            painter.setFont((self.bold if bold else self.plain).font)
            painter.setPen(QColor(theme.text if bold else theme.soft_text))
            painter.drawText(room, align | Qt.TextFlag.TextWordWrap, text)
        self.bars.paint(painter, theme)

    def _paint_chip(self, painter: QPainter, room: QRectF, text: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent_soft))
        painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
        painter.setFont(self.bold.font)
        painter.setPen(QColor(self.theme.accent))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.bold.elided(text, room.width() - 12))

    def row_at(self, point: QPointF) -> int | None:
        """Return the row of the batch whose share is drawn at ``point``."""
        share = self.bars.find(point)
        return None if share is None else share.row

    def hint_at(self, point: QPointF) -> str:
        """Return what there is to say about what is drawn at ``point``, with all digits."""
        explanation = self.subject.explanation
        if explanation is None:
            return ""
        term = self.formula.find(point - QPointF(self._room.left(), self._formula_top)) if self.formula else None
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
