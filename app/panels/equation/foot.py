"""The foot: the line below the matrices, which says how a number came about, or what the phase computes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app import wording
from app.look.colours import ink
from app.look.theme import Theme
from app.panels.equation.explain import fitting, numpy_name
from app.panels.equation.notation import FORMULA_GAP, Face, Notation
from app.panels.equation.origins import colour_of, origins
from app.panels.equation.page import phase_colour
from app.panels.equation.terms import Cell, Terms
from app.panels.network.drawing import tint
from app.widgets.value_text import with_minus
from backprop import Phase

_PIXELS = 11.5
_GAP = 18.0


@dataclass(frozen=True)
class Run:
    """A stretch of text in one colour."""

    text: str
    colour: str
    bold: bool = False


class Foot:
    """Paints the line; its fonts are ``zoom`` times as large as usual."""

    def __init__(self, zoom: float = 1.0) -> None:
        self.plain, self.bold = Face(_PIXELS * zoom), Face(_PIXELS * zoom, bold=True)
        self.height = round(1.15 * self.plain.height + 2.0)

    def width(self, runs: list[Run]) -> float:
        """Return how wide some text is."""
        return sum((self.bold if run.bold else self.plain).width(run.text) for run in runs)

    def of_cell(self, terms: Terms, cell: Cell, theme: Theme, room: float) -> list[Run]:
        """Return how the number of ``cell`` came about, as much of it as ``room`` pixels have room for."""
        name = [Run(with_minus(numpy_name(cell)), theme.text, bold=True)]
        sources = origins(terms, cell)
        left = room - self.width(name) - self.plain.width(" = ")
        line = fitting(terms, cell, self._fits(left))
        if not line:
            return [*name, Run(_waiting(), theme.soft_text)]
        runs = [*name, Run(" = ", theme.soft_text)]
        for piece in line:
            if piece.source is not None and piece.source < len(sources):
                runs.append(Run(piece.text, colour_of(sources[piece.source].key, theme)))
            elif piece.text:
                runs.append(Run(piece.text, theme.text if piece.bold else theme.soft_text, piece.bold))
        return runs

    def _fits(self, room: float) -> Callable[[str], bool]:
        return lambda text: self.bold.width(text) <= room

    def of_phase(self, terms: Terms, notation: Notation, phase: Phase | None, theme: Theme, room: float) -> list[Run]:
        """Return what a phase computes, as many of its formulas as ``room`` pixels have room for."""
        if phase is None:
            return [Run(_before(), theme.soft_text)]
        name = Run(f"{wording.phase(phase)}:  ", phase_colour(phase, theme), bold=True)
        parts = notation.phase(phase, terms).split(FORMULA_GAP)
        while len(parts) > 1 and self.width([name]) + self.plain.width(FORMULA_GAP.join(parts)) > room:
            parts.pop()
        return [name, Run(FORMULA_GAP.join(parts), theme.text)]

    def paint(self, painter: QPainter, room: QRectF, theme: Theme, runs: list[Run], chip: str, note: str) -> None:
        """Paint ``runs`` from the left, and at the right ``chip`` with ``note`` before it; both may be empty."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = room.center().y() + 0.5 * self.plain.cap
        right = room.right()
        if chip:
            right = self._paint_chip(painter, QRectF(room), theme, chip) - _GAP
        if note and self.width(runs) + self.plain.width(note) + 2 * _GAP < right - room.left():
            self.plain.paint(painter, QPointF(right - self.plain.width(note), base), note, ink(theme.soft_text))
        painter.save()
        painter.setClipRect(room.adjusted(0.0, -2.0, right - room.right(), 2.0))
        x = room.left()
        for run in runs:
            face = self.bold if run.bold else self.plain
            face.paint(painter, QPointF(x, base), run.text, ink(run.colour))
            x += face.width(run.text)
        painter.restore()

    def chip_width(self, chip: str) -> float:
        """Return how much of the line a chip takes."""
        return self.bold.width(chip) + self.bold.height + _GAP if chip else 0.0

    def _paint_chip(self, painter: QPainter, room: QRectF, theme: Theme, text: str) -> float:
        width = self.bold.width(text) + self.bold.height
        box = QRectF(room.right() - width, room.top(), width, room.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(tint(theme.card, theme.accent, 15 if theme.name == "dark" else 10)))
        painter.drawRoundedRect(box, 0.5 * box.height(), 0.5 * box.height())
        at = QPointF(box.center().x() - 0.5 * self.bold.width(text), box.center().y() + 0.5 * self.bold.cap)
        self.bold.paint(painter, at, text, ink(theme.accent))
        return box.left()


def _waiting() -> str:
    return QCoreApplication.translate("Equation", "  is not computed yet in this step")


def _before() -> str:
    return QCoreApplication.translate(
        "Equation", "Before the first phase: only inputs, targets and parameters are known"
    )
