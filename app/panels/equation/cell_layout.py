"""Layouts: where the matrices of a plan stand in the room there is, and how large their figures are."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from app.panels.equation.blocks import Block, NumberBlock, RowBlock, TransposedBlock
from app.panels.equation.cell_plan import Band, Column, Slot
from app.panels.equation.notation import Face
from app.panels.equation.terms import Key

# All lengths are in ems, the height of the font in pixels, and grow with it.
_CELL, _WIDEST_CELL, _TIGHT_CELL = 3.15, 4.8, 2.32
# Beside the figures in a cell; less where they are tight.
_BESIDE, _TIGHT_BESIDE = 0.2, 0.06
#: The width of a whole number's cell, as a share of the others'.
_NARROW = 0.56
_LINE, _HIGHEST_LINE = 1.36, 2.0
_BRACKET = 0.34
_GAP = 0.5
_SIGN_GAP = 0.45
_WIDEST_GAP = 2.4
_CAPTION = 1.45
_SHAPE = 1.15
_BAND_GAP = 0.4
_WIDEST_BAND_GAP = 1.6
_BIAS_GAP = 0.4
# The name of a bias, which stands at its right, and its power of ten.
_BIAS_NAME = 5.2
# The sign before a bias.
_PLUS = 1.3
_ARROW = 3.4
_EASY, _LARGEST = 13.0, 21.0
#: Figures of fewer pixels are not written: a reader sees colours, and reads the cell that is pointed at.
SMALLEST = 8.0


@dataclass
class Placed:
    """A block with its caption: where its base line begins; a bias has its name at its right."""

    block: Block
    band: Band
    narrow: bool
    shape: str = ""
    is_bias: bool = False
    is_result: bool = False


@dataclass(frozen=True)
class Sign:
    """An operator and the middle of where it stands."""

    text: str
    middle: QPointF
    band: Band


@dataclass(frozen=True)
class Arrow:
    """The arrow of an activation: the layer it leads to, and the room it has."""

    layer: int
    room: QRectF


class Layout:
    """Places for everything in ``columns``; ``em`` is the height of the font, in pixels."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        room: QRectF,
        whole: frozenset[Key],
        scale: float,
        shapes: bool = False,
        tight: bool = False,
    ) -> None:
        """Fill ``room``.

        Matrices whose key is in ``whole`` have narrow cells; ``shapes`` writes rows × columns below them; ``tight``
        leaves cells room for few figures.
        """
        self._least_cell = _TIGHT_CELL if tight else _CELL
        #: The part of a cell, in ems, that figures leave free.
        self.beside = _TIGHT_BESIDE if tight else _BESIDE
        self.columns, self.whole, self.shapes, self.room = columns, whole, shapes, room
        self._face = Face(100.0 / scale)
        self.bands: tuple[Band, ...] = tuple(
            band for band in ("forward", "backward", "update") if any(band in column.slots for column in columns)
        )
        # Up to a size that is easy to read figures grow; then cells, for more decimals; then both.
        wide, narrow = room.width() / self._measured(_WIDEST_CELL), room.width() / self._measured(self._least_cell)
        across = wide if wide >= _EASY * scale else min(narrow, _EASY * scale)
        largest = min(_LARGEST * scale, across, room.height() / self._height(_LINE))
        self.em = float(int(largest)) if largest >= SMALLEST else max(0.1, largest)
        self.placed: list[Placed] = []
        self.signs: list[Sign] = []
        self.arrows: list[Arrow] = []
        self._spread(room)
        self._place(room)

    # --- how large

    def _measure(self, cell: float) -> None:
        """Find out the width of each column and of the gap before it, in ems."""
        self._cell = cell
        self._widths = [max((self._slot_width(slot) for slot in c.slots.values()), default=0.0) for c in self.columns]
        before = (None, *self.columns)
        self._gaps = [self._gap(*pair) for pair in zip(before, self.columns, strict=False)]
        self._width = sum(self._widths) + sum(self._gaps) + self._after

    @property
    def _after(self) -> float:
        """The room for the name of a bias after the last column."""
        return _BIAS_NAME if _biased(self.columns[-1]) else 0.0

    def _gap(self, before: Column | None, column: Column) -> float:
        if before is None:
            return 0.0
        signs = [self._face.width(sign) / 100.0 for sign in column.signs.values() if sign]
        least = max(_BIAS_NAME if _biased(before) else 0.0, _PLUS if _biased(column) else 0.0, _GAP)
        return max([least, *(width + 2 * _SIGN_GAP for width in signs)])

    def _slot_width(self, slot: Slot) -> float:
        if slot.form == "arrow":
            return _ARROW
        return slot.columns * self._cell_width(slot) + 2 * _BRACKET

    def _cell_width(self, slot: Slot) -> float:
        return self._cell * (_NARROW if slot.key in self.whole else 1.0)

    def _band_rows(self, band: Band) -> tuple[float, float]:
        """Return how high the highest column of a band is: in lines, and in ems beside them."""
        slots = [column.slots[band] for column in self.columns if band in column.slots]
        rows = [(slot.rows + bool(slot.bias), _BIAS_GAP if slot.bias else 0.0) for slot in slots]
        return max(rows, key=lambda pair: pair[0] * _LINE + pair[1])

    def _height(self, line: float) -> float:
        heights = [rows * line + beside + _CAPTION for rows, beside in map(self._band_rows, self.bands)]
        shapes = _SHAPE if self.shapes else 0.0
        return sum(heights) + _BAND_GAP * (len(heights) - 1) + shapes

    def _spread(self, room: QRectF) -> None:
        """Use the room that is left over for wider cells and gaps, and higher lines."""
        em = self.em
        cells = (self._measured(_WIDEST_CELL) - self._measured(self._least_cell)) * em
        spare = room.width() - self._width * em
        share = max(0.0, min(1.0, 0.8 * spare / cells if cells else 0.0))
        self._measure(self._least_cell + (_WIDEST_CELL - self._least_cell) * share)
        spare = room.width() - self._width * em
        more = max(0.0, min(_WIDEST_GAP - _GAP, spare / em / max(1, len(self.columns) - 1)))
        self._gaps = [gap + more if at else 0.0 for at, gap in enumerate(self._gaps)]
        self._width = sum(self._widths) + sum(self._gaps) + self._after
        lines = sum(self._band_rows(band)[0] for band in self.bands)
        spare = room.height() / em - self._height(_LINE)
        self._line = _LINE + max(0.0, min(_HIGHEST_LINE - _LINE, spare / lines))
        spare = room.height() / em - self._height(self._line)
        gaps = len(self.bands) - 1
        self._band_gap = _BAND_GAP + max(0.0, min(_WIDEST_BAND_GAP - _BAND_GAP, spare / gaps if gaps else 0.0))

    def _measured(self, cell: float) -> float:
        self._measure(cell)
        return self._width

    # --- where

    def _place(self, room: QRectF) -> None:
        em = self.em
        height = self._height(self._line) + (self._band_gap - _BAND_GAP) * (len(self.bands) - 1)
        top = room.top() + 0.5 * max(0.0, room.height() - height * em)
        left = room.left() + 0.5 * max(0.0, room.width() - self._width * em)
        for band in self.bands:
            rows, beside = self._band_rows(band)
            inner = (rows * self._line + beside) * em
            top += _CAPTION * em
            self._place_band(band, left, top, inner)
            top += inner + self._band_gap * em + (_SHAPE * em if self.shapes and band == "forward" else 0.0)

    def _place_band(self, band: Band, left: float, top: float, height: float) -> None:
        em, x = self.em, left
        for column, width, gap in zip(self.columns, self._widths, self._gaps, strict=True):
            sign = column.signs.get(band, "")
            if sign.strip():
                self.signs.append(Sign(sign, QPointF(x + 0.5 * gap * em, top + 0.5 * height), band))
            x += gap * em
            slot = column.slots.get(band)
            if slot is not None:
                self._place_slot(slot, band, QRectF(x, top, width * em, height))
            x += width * em

    def _place_slot(self, slot: Slot, band: Band, room: QRectF) -> None:
        em = self.em
        if slot.form == "arrow":
            self.arrows.append(Arrow(slot.key.layer, room))
            return
        line = self._line * em
        high = slot.rows * line + ((_BIAS_GAP + self._line) * em if slot.bias else 0.0)
        wide = slot.columns * self._cell_width(slot) * em
        left = round(room.center().x() - 0.5 * wide)
        top = round(room.center().y() - 0.5 * high)
        kinds = {"matrix": Block, "transposed": TransposedBlock, "number": NumberBlock}
        block = kinds[slot.form](slot.key, slot.rows, slot.columns, QRectF(left, top, wide, slot.rows * line))
        narrow = slot.key in self.whole
        shape = f"{slot.rows} × {slot.columns}" if slot.form == "matrix" else ""
        self.placed.append(Placed(block, band, narrow, shape, is_result=slot.result))
        if slot.bias is not None:
            row = QRectF(left, top + slot.rows * line + _BIAS_GAP * em, wide, line)
            bias = RowBlock(slot.bias, 1, slot.columns, row)
            self.placed.append(Placed(bias, band, False, is_bias=True, is_result=slot.result))


def _biased(column: Column) -> bool:
    return any(slot.bias for slot in column.slots.values())
