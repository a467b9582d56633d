"""Captions: what stands around the numbers of a small network's matrices: brackets, names, signs and arrows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.look.colours import ink
from app.panels.equation.blocks import Block
from app.panels.equation.cell_layout import Arrow, Layout, Placed
from app.panels.equation.notation import Face, Notation, symbol
from app.panels.equation.page import Look, is_lit, phase_colour
from app.panels.equation.terms import Key, Terms
from app.panels.network.drawing import tint

# Names of fewer pixels are left out.
_LEGIBLE = 5.5


@dataclass(frozen=True)
class Caption:
    """A name with the power of ten of its numbers, and where it begins on its base line."""

    placed: Placed
    text: str
    power: str
    at: QPointF


class Captions:
    """Paints everything of a layout that is the same for any numbers."""

    def __init__(self, layout: Layout, notation: Notation, scale: float) -> None:
        self.layout, self.notation = layout, notation
        em = layout.em / scale
        self.face, self.names, self.small = Face(em), Face(em, bold=True), Face(0.82 * em)
        self._arranged: tuple[object, list[Caption]] | None = None

    def paint(self, painter: QPainter, terms: Terms, look: Look, powers: Mapping[Key, str]) -> None:
        """Paint; ``powers`` are the powers of ten that matrices are written with."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, captions = look.theme, self.arranged(terms, powers)
        for caption in captions:
            self._paint_light(painter, terms, look, caption)
        for caption in captions:
            self._paint_caption(painter, terms, look, caption)
        if self.layout.em < _LEGIBLE:
            return
        for sign in self.layout.signs:
            self._centred(painter, self.face, sign.middle, sign.text, ink(theme.soft_text))
        for arrow in self.layout.arrows:
            self._paint_arrow(painter, look, arrow)

    # --- one matrix

    def _lit(self, terms: Terms, look: Look, key: Key) -> str | None:
        lit = look.phase is not None and is_lit(key, look.phase, terms.last) and terms.known(key)
        return phase_colour(look.phase, look.theme) if lit and look.phase else None

    def _paint_light(self, painter: QPainter, terms: Terms, look: Look, caption: Caption) -> None:
        lit = self._lit(terms, look, caption.placed.block.key)
        if lit is None:
            return
        box = self.bracketed(caption.placed.block)
        if not caption.placed.is_bias:
            box = box.united(self._box(caption))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(tint(look.theme.card, lit, 8)))
        painter.drawRoundedRect(box.adjusted(-3.0, -1.0, 3.0, 3.0), 5.0, 5.0)

    def _paint_caption(self, painter: QPainter, terms: Terms, look: Look, caption: Caption) -> None:
        placed, theme, em = caption.placed, look.theme, self.layout.em
        block = placed.block
        lit = self._lit(terms, look, block.key)
        colour = ink(lit or theme.text) if terms.known(block.key) else self._faint(look)
        self._paint_brackets(painter, self.bracketed(block).toRect(), colour, 2 if lit or em > 16 else 1)
        if em < _LEGIBLE:
            return
        self.names.paint(painter, caption.at, caption.text, colour)
        if caption.power:
            after = QPointF(self.names.width(caption.text) + 0.35 * em, 0.0)
            self.small.paint(painter, caption.at + after, caption.power, ink(lit or theme.soft_text))
        if placed.is_bias:
            x = self.bracketed(block).left() - 0.3 * em - self.face.width("+")
            self.face.paint(painter, QPointF(x, caption.at.y()), "+", ink(theme.soft_text))
        if self.layout.shapes and placed.shape and placed.band == "forward":
            middle = QPointF(block.rect.center().x(), block.rect.bottom() + 0.75 * em)
            self._centred(painter, self.small, middle, placed.shape, ink(theme.soft_text))

    def bracketed(self, block: Block) -> QRectF:
        """Return the place of a matrix with its brackets."""
        out = 0.22 * self.layout.em
        return block.rect.adjusted(-out, -2.0, out, 1.0)

    def _paint_brackets(self, painter: QPainter, frame: QRect, colour: QColor, line: int) -> None:
        foot = round(0.28 * self.layout.em)
        left, top, right, bottom = frame.left(), frame.top(), frame.right() + 1, frame.bottom() + 1
        for x, inner in ((left, left), (right - line, right - foot)):
            painter.fillRect(QRect(x, top, line, bottom - top), colour)
            painter.fillRect(QRect(inner, top, foot, line), colour)
            painter.fillRect(QRect(inner, bottom - line, foot, line), colour)

    def _faint(self, look: Look) -> QColor:
        return ink(look.theme.waiting)

    # --- names

    def arranged(self, terms: Terms, powers: Mapping[Key, str]) -> list[Caption]:
        """Return every caption where it meets nothing else: in the middle, else from the left, else a shorter one."""
        state = (tuple(powers.items()), terms.snapshot.learning_rate)
        if self._arranged is None or self._arranged[0] != state:
            self._arranged = state, self._arrange(terms, powers)
        return self._arranged[1]

    def _arrange(self, terms: Terms, powers: Mapping[Key, str]) -> list[Caption]:
        taken = [self.bracketed(placed.block) for placed in self.layout.placed]
        found: list[Caption] = []
        for placed in self.layout.placed:
            choices = list(self._choices(terms, placed, powers.get(placed.block.key, "")))
            free = [choice for choice in choices if not self._meets(choice, taken)]
            found.append(free[0] if free else choices[-1])
            taken.append(self._box(found[-1]))
        return found

    def _choices(self, terms: Terms, placed: Placed, power: str) -> list[Caption]:
        block, em = placed.block, self.layout.em
        frame = self.bracketed(block)
        if placed.is_bias:
            at = QPointF(frame.right() + 0.3 * em, block.rect.center().y() + 0.5 * self.face.cap)
            return [Caption(placed, self._name(terms, placed, short=True), power, at)]
        base, most = frame.top() - 0.3 * em, self.layout.room.right() + 2.0
        found = []
        for short in (False, True):
            text = self._name(terms, placed, short)
            width = self._width(text, power)
            lefts = (block.rect.center().x() - 0.5 * width, frame.left(), frame.right() - width)
            found += [Caption(placed, text, power, QPointF(max(2.0, min(left, most - width)), base)) for left in lefts]
        return found

    def _name(self, terms: Terms, placed: Placed, short: bool) -> str:
        block = placed.block
        if placed.is_result:
            parameter = symbol(block.key.kind[4:], block.key.layer)
            if placed.is_bias:
                return parameter
            return QCoreApplication.translate("Equation", "new {parameter}").format(parameter=parameter)
        text = self.notation.name(block.key, short).replace("η", f"{terms.snapshot.learning_rate:g}")
        return f"{text}ᵀ" if block.key.kind == "W" and block.is_transposed else text

    def _width(self, text: str, power: str) -> float:
        return self.names.width(text) + (0.35 * self.layout.em + self.small.width(power) if power else 0.0)

    def _box(self, caption: Caption) -> QRectF:
        width, em = self._width(caption.text, caption.power), self.layout.em
        return QRectF(caption.at.x(), caption.at.y() - 0.85 * em, width, 1.05 * em)

    def _meets(self, caption: Caption, taken: list[QRectF]) -> bool:
        box = self._box(caption).adjusted(-1.0, 0.0, 1.0, 0.0)
        own = self.bracketed(caption.placed.block)
        return any(box.intersects(other) for other in taken if other != own)

    # --- signs

    def _paint_arrow(self, painter: QPainter, look: Look, arrow: Arrow) -> None:
        theme, em, room = look.theme, self.layout.em, arrow.room
        lit = look.phase is not None and look.phase.kind == "forward" and look.phase.layer == arrow.layer
        colour = ink(theme.forward if lit else theme.soft_text)
        y = round(room.center().y()) + 0.5
        half = min(0.5 * room.width(), 1.5 * em)
        end = QPointF(room.center().x() + half, y)
        painter.setPen(QPen(colour, 1.6 if lit else 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(room.center().x() - half, y), end)
        head = 0.3 * em
        painter.drawPolyline(QPolygonF([end + QPointF(-head, -head), end, end + QPointF(-head, head)]))
        name = self.notation.activation(arrow.layer)
        self._centred(painter, self.small, QPointF(room.center().x(), y - 0.75 * em), name, colour)

    def _centred(self, painter: QPainter, face: Face, middle: QPointF, text: str, colour: QColor) -> None:
        face.paint(painter, QPointF(middle.x() - 0.5 * face.width(text), middle.y() + 0.5 * face.cap), text, colour)
