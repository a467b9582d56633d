"""Formula painting: symbols in italics with the layer above and the indices below, each factor over its number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from app.look.fonts import number_font
from app.look.theme import Theme
from app.widgets.typeface import Typeface
from app.widgets.vector import is_vector
from backprop.chain_rule.notation import Formula, Symbol

_SYMBOL_POINTS = 13.0
_SMALL = 0.62
_NUMBER_POINTS = 10.5
_SIGN_GAP = 9.0
_WIDEST_SIGN_GAP = 26.0
LINE_GAP = 10.0
# Italics lean out of their box.
_LEAN = 3.0
_MOST_PICTURES = 200


@dataclass(frozen=True)
class Term:
    """A formula in a colour with the number below it, and the sign before both; ``hint`` says more."""

    formula: Formula
    number: str
    colour: str
    sign: str = ""
    hint: str = ""
    known: bool = True


@dataclass(frozen=True)
class Place:
    """Where a term stands: the centre of its column, the top of its line, and the room around it."""

    term: Term
    centre: float
    top: float
    room: QRectF
    sign_at: float


class FormulaTypeface:
    """The fonts of a formula at ``scale``, with what they measure."""

    def __init__(self, scale: float) -> None:
        self.upright = Typeface(number_font(_SYMBOL_POINTS * scale))
        self.italic = Typeface(_slanted(number_font(_SYMBOL_POINTS * scale)))
        self.small = Typeface(number_font(_SYMBOL_POINTS * _SMALL * scale))
        self.number = Typeface(number_font(_NUMBER_POINTS * scale, bold=True))
        self.ascent = QFontMetricsF(self.upright.font).ascent()
        self.number_ascent = QFontMetricsF(self.number.font).ascent()
        self.symbol_height = self.upright.height + self.small.height * 0.35
        self.line = self.symbol_height + self.number.height + 3.0
        self._gap = 2.5 * scale
        self._widths: dict[Formula, float] = {}
        self._pictures: dict[tuple[Formula, str, float], QPixmap] = {}

    def width(self, formula: Formula) -> float:
        """Return how wide ``formula`` is."""
        if formula not in self._widths:
            pieces = (self._symbol_width(p) if isinstance(p, Symbol) else self.upright.advance(p) for p in formula)
            self._widths[formula] = sum(pieces)
        return self._widths[formula]

    def paint(self, painter: QPainter, at: QPointF, formula: Formula, colour: str) -> None:
        """Paint ``formula`` from ``at``, a point on its base line; the same few formulas come in every frame."""
        if is_vector(painter):
            painter.save()
            painter.setPen(QColor(colour))
            self._paint_pieces(painter, formula, at.x(), at.y())
            painter.restore()
            return
        ratio = painter.device().devicePixelRatio()
        key = (formula, colour, ratio)
        if key not in self._pictures:
            if len(self._pictures) >= _MOST_PICTURES:
                self._pictures.clear()
            self._pictures[key] = self._picture(formula, colour, ratio)
        corner = QPointF(at.x() - _LEAN, at.y() - self._base())
        # On whole pixels, or the letters would blur.
        painter.drawPixmap(
            QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio), self._pictures[key]
        )

    def _base(self) -> float:
        return self.ascent + self.small.height * 0.5

    def _picture(self, formula: Formula, colour: str, ratio: float) -> QPixmap:
        width, height = (
            self.width(formula) + 2 * _LEAN,
            self._base() + self.upright.height * 0.5 + self.small.height * 0.5,
        )
        picture = QPixmap(round(width * ratio) + 1, round(height * ratio) + 1)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colour))
        self._paint_pieces(painter, formula, _LEAN, self._base())
        painter.end()
        return picture

    def _paint_pieces(self, painter: QPainter, formula: Formula, x: float, base: float) -> None:
        for piece in formula:
            if isinstance(piece, str):
                painter.setFont(self.upright.font)
                painter.drawText(QPointF(x, base), piece)
                x += self.upright.advance(piece)
            else:
                self._paint_symbol(painter, QPointF(x, base), piece)
                x += self._symbol_width(piece)

    def _letter(self, symbol: Symbol) -> Typeface:
        return self.upright if symbol.letter == "Σ" else self.italic

    def _symbol_width(self, symbol: Symbol) -> float:
        scripts = max(self.small.advance(_above(symbol)), self.small.advance(symbol.below))
        return (
            self._letter(symbol).advance(symbol.letter)
            + self._gap * (0.6 if symbol.letter == "f" else 0.0)
            + (scripts + self._gap if scripts else 0.0)
        )

    def _paint_symbol(self, painter: QPainter, at: QPointF, symbol: Symbol) -> None:
        letter = self._letter(symbol)
        painter.setFont(letter.font)
        painter.drawText(at, symbol.letter)
        x = at.x() + letter.advance(symbol.letter) + self._gap / 2
        painter.setFont(self.small.font)
        if symbol.layer is not None:
            painter.drawText(QPointF(x + self._gap / 2, at.y() - self.ascent * 0.45), _above(symbol))
        if symbol.indices:
            painter.drawText(QPointF(x, at.y() + self.ascent * 0.22), symbol.below)


def _above(symbol: Symbol) -> str:
    return "" if symbol.layer is None else f"({symbol.layer})"


def _slanted(font: QFont) -> QFont:
    font.setItalic(True)
    return font


class FormulaRow:
    """Terms in one or more lines, as many as ``width`` makes necessary."""

    def __init__(self, terms: list[Term], width: float, face: FormulaTypeface) -> None:
        self.face = face
        self.places: list[Place] = []
        self.lines = 0
        self.fits = True
        self._arrange(terms, width)
        self.height = self.lines * self.face.line + max(0, self.lines - 1) * LINE_GAP

    def _arrange(self, terms: list[Term], width: float) -> None:
        #: Terms with the widths of their columns, which take long to measure.
        lines: list[list[tuple[Term, float]]] = [[]]
        used = 0.0
        for term in terms:
            column = self._column(term)
            needed = column + self._sign(term, _SIGN_GAP)
            if lines[-1] and used + needed > width:
                lines.append([])
                used = 0.0
            self.fits = self.fits and needed <= width
            lines[-1].append((term, column))
            used += needed
        self.lines = len(lines)
        for number, line in enumerate(lines):
            self._place(line, number * (self.face.line + LINE_GAP), width)

    def _place(self, line: list[tuple[Term, float]], top: float, width: float) -> None:
        tight = sum(column + self._sign(term, _SIGN_GAP) for term, column in line)
        signs = 2 * sum(bool(term.sign) for term, _ in line)
        gap = min(_WIDEST_SIGN_GAP, _SIGN_GAP + max(0.0, width - tight) / max(1, signs))
        x = 0.0
        for term, column in line:
            sign = self._sign(term, gap)
            room = QRectF(x + sign, top, column, self.face.line)
            self.places.append(Place(term, room.center().x(), top, room, x + sign / 2))
            x += sign + column

    def _column(self, term: Term) -> float:
        return max(self.face.width(term.formula), self.face.number.advance(term.number))

    def _sign(self, term: Term, gap: float) -> float:
        return 2 * gap + self.face.upright.advance(term.sign) if term.sign else 0.0

    def paint(self, painter: QPainter, theme: Theme, origin: QPointF) -> None:
        """Paint the terms with ``origin`` as the top left corner."""
        face = self.face
        for place in self.places:
            term, top = place.term, origin.y() + place.top
            base = top + face.ascent + face.small.height * 0.2
            if term.sign:
                painter.setFont(face.upright.font)
                painter.setPen(QColor(theme.soft_text))
                x = origin.x() + place.sign_at - face.upright.advance(term.sign) / 2
                painter.drawText(QPointF(x, base), term.sign)
            centre = origin.x() + place.centre
            face.paint(painter, QPointF(centre - face.width(term.formula) / 2, base), term.formula, term.colour)
            painter.setFont(face.number.font)
            painter.setPen(QColor(theme.text if term.known else theme.soft_text))
            under = top + face.symbol_height + 3.0 + face.number_ascent
            painter.drawText(QPointF(centre - face.number.advance(term.number) / 2, under), term.number)

    def find(self, point: QPointF) -> Term | None:
        """Return the term at ``point``, measured from the row's top left corner."""
        return next((place.term for place in self.places if place.room.contains(point)), None)
