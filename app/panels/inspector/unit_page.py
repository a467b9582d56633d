"""The unit's page: its function as a plot, and beside it z, a, the slope and delta with this moment's numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QTextBoundaryFinder
from PySide6.QtGui import QPainter

from app.look.theme import Theme
from app.panels.inspector.fonts import PageFonts
from app.panels.inspector.formula import LINE_GAP, FormulaRow, FormulaTypeface, Term
from app.panels.inspector.shares import Share
from app.panels.inspector.sheet import ROOMY, Sheet
from app.panels.inspector.softmax_plot import SoftmaxPlot
from app.panels.inspector.subject import UnitSubject
from app.panels.inspector.unit_plot import UnitPlot
from app.panels.inspector.unit_terms import UnitTerms
from app.panels.inspector.unit_words import Detail, state_words
from app.panels.network.sample_view import Target, Unit
from app.widgets.value_text import with_minus
from backprop.chain_rule.text import part_texts
from backprop.chain_rule.unit import UnitExplanation

_ROW_GAP = 5.0
_ROOMY_GAP = 9.0
_COLUMN_GAP = 20.0
# Below this width the plot has no room beside the numbers.
_NARROW = 470.0
_PLOT_SHARE = 0.365
_WIDEST_PLOT = 640.0
_LEAST_PLOT = 60.0
_GOOD_PLOT = 110.0
_NAMED_INPUTS = 6
# So many terms of z have room in one line.
_ONE_LINE = 3
# The width of a plus sign with the gaps around it.
_SIGN = 28.0
_SIZES = (1.0, 0.86)
_ROOMY_SIZES = (1.25, *_SIZES)


class UnitPage(Sheet):
    """What one unit does with a sample, at one moment."""

    def __init__(
        self,
        subject: UnitSubject,
        theme: Theme,
        fonts: PageFonts,
        width: float,
        height: float,
        heading: str | None = None,
    ) -> None:
        super().__init__(theme, fonts, width, height, heading)
        self.subject = subject
        self.plot: UnitPlot | SoftmaxPlot | None = None
        #: Rows of formulas, each with its top left corner.
        self.rows: list[tuple[QPointF, FormulaRow]] = []
        self._terms: UnitTerms | None = None
        #: Sentences, which stand in one line or several.
        self._sentences: list[str] = []
        room = self.room_below_heading()
        if subject.explanation is None:
            self.say(room, subject.trouble)
            self._sentences.append(subject.trouble)
        else:
            self._terms = UnitTerms(subject, subject.explanation, theme)
            self._arrange(subject.explanation, room)

    def texts(self) -> list[str]:
        numbers = [place.term.number for _, row in self.rows for place in row.places]
        shares = [text for _, share in self.bars.places for text in (share.label, share.text)]
        return [*numbers, *self._sentences, *shares, *(self.plot.texts() if self.plot is not None else [])]

    # --- where it stands

    def _arrange(self, explanation: UnitExplanation, room: QRectF) -> None:
        if room.width() < _NARROW * self.fonts.scale:
            self._arrange_narrow(explanation, room)
            return
        width = min(_PLOT_SHARE * room.width(), _WIDEST_PLOT * self.fonts.scale)
        plot = QRectF(room.left(), room.top(), width, min(room.height(), 0.85 * width + 60))
        self._place_plot(explanation, plot)
        self._arrange_numbers(explanation, room.adjusted(width + _COLUMN_GAP, 0, 0, 0))

    def _arrange_narrow(self, explanation: UnitExplanation, room: QRectF) -> None:
        """One row of numbers above, as many words as fit, and the plot below where there is room for it."""
        assert self._terms is not None
        for size in (0.86, 0.74):
            row = FormulaRow(self._terms.short(), room.width(), self.fonts.formula(size))
            if row.lines == 1:
                break
        self._place_row(row, room)
        room = room.adjusted(0, row.height + 4, 0, 0)
        roomy = room.height() > 2 * self.plain.height + _GOOD_PLOT
        word, sentence = state_words(explanation, self.subject.row, "brief" if roomy else "least")
        said = self._say_words(word, sentence, room) if word else self._say_words("", self.subject.waiting(), room)
        room = room.adjusted(0, said, 0, 0)
        if room.height() >= _LEAST_PLOT:
            self._place_plot(explanation, room)

    def _place_plot(self, explanation: UnitExplanation, room: QRectF) -> None:
        if explanation.activation.elementwise:
            self.plot = UnitPlot(explanation, self.subject.row, room, self.fonts)
        else:
            self.plot = SoftmaxPlot(self.subject, explanation, room, self.fonts)

    def _arrange_numbers(self, explanation: UnitExplanation, room: QRectF) -> None:
        # The same space is kept free before it is needed: formulas that grow and shrink could not be followed.
        roomy = room.height() > ROOMY * self.fonts.scale
        gap = _ROOMY_GAP if roomy else _ROW_GAP
        wanted = 2 * self.plain.height + self._bar_heading() + 2 * self.bars.row_height + gap
        rows = self._rows(explanation, room, wanted)
        for row in rows:
            if row.height <= room.height():
                self._place_row(row, room)
                room = room.adjusted(0, row.height + gap, 0, 0)
        details: tuple[Detail, ...] = ("brief", "least") if wanted > room.height() else ("full", "brief", "least")
        states = [state_words(explanation, self.subject.row, detail) for detail in details]
        for choices in (states, [("", self.subject.waiting())]):
            said = self._say_first(choices, room)
            room = room.adjusted(0, said + (gap - _ROW_GAP if said else 0.0), 0, 0)
        self._arrange_bars(explanation, room)

    def _rows(self, explanation: UnitExplanation, room: QRectF, wanted: float) -> list[FormulaRow]:
        """Return the three rows of formulas, as large as leaves ``wanted`` pixels below them."""
        assert self._terms is not None
        roomy = room.height() > ROOMY * self.fonts.scale
        gap = _ROOMY_GAP if roomy else _ROW_GAP
        sum_lines = 2 if roomy and len(explanation.weights) > _ONE_LINE else 1
        lines = sum_lines + 2
        factors = self._terms.delta()
        for size in _ROOMY_SIZES if roomy else _SIZES:
            face = self.fonts.formula(size)
            height = lines * face.line + (lines - 3) * LINE_GAP + 3 * gap
            if height + wanted <= room.height() and FormulaRow(factors, room.width(), face).lines == 1:
                break
        first = self._sum_row(room, face, sum_lines)
        if lines * face.line + 3 * gap + self.plain.height > room.height():
            return [first, self._dense_row(room, face)]
        delta = FormulaRow(factors, room.width(), face)
        if not delta.fits or delta.lines > (2 if roomy else 1):
            delta = FormulaRow(factors[:1], room.width(), face)
        return [first, FormulaRow(self._terms.function(), room.width(), face), delta]

    def _dense_row(self, room: QRectF, face: FormulaTypeface) -> FormulaRow:
        """Return a, the slope and delta in one row, for a room without height; with delta's factors if they fit."""
        assert self._terms is not None
        for terms in (self._terms.dense(factors=True), self._terms.dense(factors=False)):
            row = FormulaRow(terms, room.width(), face)
            if row.lines == 1:
                break
        return row

    def _sum_row(self, room: QRectF, face: FormulaTypeface, lines: int) -> FormulaRow:
        """Return z as the sum of as many named terms as have room."""
        assert self._terms is not None
        # What a number and a product usually need: most often the first try fits.
        number, product = (face.number.advance(text) + _SIGN for text in ("0.123456", "−0.12345 · 0.98765"))
        most = max(1, min(_NAMED_INPUTS, 1 + int((lines * room.width() - 3 * number) / product)))
        while True:
            row = FormulaRow(self._terms.sum(most), room.width(), face)
            if most == 1 or (row.fits and row.lines <= lines):
                return row
            most -= 1

    def _place_row(self, row: FormulaRow, room: QRectF) -> None:
        self.rows.append((room.topLeft(), row))

    # --- words

    def _wrapped(self, word: str, sentence: str, width: float) -> list[tuple[float, str]]:
        """Return the lines of a sentence behind a bold word: how far from the left each begins, and its text."""
        x = self.bold.advance(f"{word} ") if word else 0.0
        lines = [(x, "")]
        for piece in _unbreakable(sentence):
            x, line = lines[-1]
            if line and x + self.plain.advance(f"{line}{piece}".rstrip()) > width:
                lines.append((0.0, piece))
            else:
                lines[-1] = (x, f"{line}{piece}")
        return lines if word or sentence else []

    def _say_first(self, choices: Sequence[tuple[str, str]], room: QRectF) -> float:
        """Place the first of ``choices`` that there is room for; return the height that took."""
        return next((height for words in choices if (height := self._say_words(*words, room))), 0.0)

    def _say_words(self, word: str, sentence: str, room: QRectF) -> float:
        """Place a bold word and a sentence behind it, if there is room; return the height that took."""
        lines = self._wrapped(word, sentence, room.width())
        height = len(lines) * self.plain.height
        if not lines or height > room.height():
            return 0.0
        self._sentences.append(f"{word} {sentence}".strip())
        if word:
            self.put(room.left(), room.top(), word, bold=True)
        for number, (x, line) in enumerate(lines):
            self.put(room.left() + x, room.top() + number * self.plain.height, line)
        return height + 3.0

    # --- samples

    def _bar_heading(self) -> float:
        return self.plain.height + 2.0

    def _arrange_bars(self, explanation: UnitExplanation, room: QRectF) -> None:
        """Place a bar for each sample: its delta or, before that is known and if they are few, its activation."""
        heading = self._bar_heading()
        below = room.adjusted(0, heading, 0, 0)
        count = self.bars.slots(below).count
        if explanation.samples == 1 or count < min(explanation.samples, 2):
            return
        if explanation.delta is not None:
            with np.errstate(all="ignore"):
                total = float(explanation.delta.sum(dtype=np.float64))
            shares, text = part_texts(explanation.delta, total, count, self.subject.row)
            if count < len(shares):
                return
            words = self._delta_words(explanation).format(total=with_minus(text))
            others = explanation.samples - len(shares) + 1
            bars = [self._bar(share.row, share.value, share.text, others) for share in shares]
        elif explanation.a is not None and explanation.samples <= count:
            words = QCoreApplication.translate("Inspector", "a of each sample")
            values = explanation.a.tolist()
            bars = [self._bar(row, value, f"{value:.4g}", 0) for row, value in enumerate(values)]
        else:
            return
        self._sentences.append(words)
        self.put(room.left(), room.top(), self.plain.elided(words, room.width()))
        self.bars.arrange(below, bars)

    def _delta_words(self, explanation: UnitExplanation) -> str:
        if explanation.bias is not None:
            return QCoreApplication.translate("Inspector", "δ of each sample; their sum, {total}, is the gradient of b")
        return QCoreApplication.translate("Inspector", "δ of each sample")

    def _bar(self, row: int | None, value: float, text: str, others: int) -> Share:
        if row is None:
            label = QCoreApplication.translate("Inspector", "the other {count}").format(count=others)
        else:
            label = self.subject.share_name(row)
        return Share(row, label, value, with_minus(text), row == self.subject.row)

    # --- painting and pointing

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.plot is not None:
            self.plot.paint(painter, self.theme)
        for corner, row in self.rows:
            row.paint(painter, self.theme, corner)
        self.paint_texts(painter)

    def _term_at(self, point: QPointF) -> Term | None:
        found = (row.find(point - corner) for corner, row in self.rows)
        return next((term for term in found if term is not None), None)

    def target_at(self, point: QPointF) -> Target | None:
        term = self._term_at(point)
        if term is not None and self._terms is not None:
            return self._terms.targets.get(term)
        if isinstance(self.plot, SoftmaxPlot):
            unit = self.plot.unit_at(point)
            return None if unit is None else Unit(self.subject.layer, unit)
        return None

    def row_at(self, point: QPointF) -> int | None:
        row = super().row_at(point)
        if row is None and isinstance(self.plot, UnitPlot):
            return self.plot.row_at(point)
        return row

    def hint_at(self, point: QPointF) -> str:
        explanation = self.subject.explanation
        if explanation is None:
            return ""
        term = self._term_at(point)
        if term is not None:
            return with_minus(self._terms.hint(term)) if self._terms is not None else ""
        row = self.row_at(point)
        if row is not None:
            return with_minus(self._sample_hint(explanation, row))
        return with_minus(self.plot.hint_at(point)) if self.plot is not None else ""

    def _sample_hint(self, explanation: UnitExplanation, row: int) -> str:
        known: Sequence[tuple[str, np.ndarray | None]] = (
            ("z", explanation.z),
            ("a", explanation.a),
            ("f′(z)" if explanation.activation.elementwise else "a(1 − a)", explanation.slope),
            ("δ", explanation.delta),
        )
        numbers = [f"{name} = {values[row]}" for name, values in known if values is not None]
        return "\n".join([self.subject.share_name(row), *numbers])


def _unbreakable(sentence: str) -> Iterator[str]:
    """Yield the parts of ``sentence`` between which a line may end: words with the spaces after them, or characters."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, sentence)
    start = 0
    while (end := finder.toNextBoundary()) > 0:
        yield sentence[start:end]
        start = end
