"""WrappingRow: widgets side by side, in as many rows as the width makes necessary."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.fonts import scaled


class WrappingRow(QWidget):
    """Groups of controls from left to right, the last ones of them at the right of their row.

    Gaps and margins are for the ordinary size of text, and grow with it.
    """

    def __init__(self, gap: int = 8, margins: tuple[int, int] = (10, 8), parent: QWidget | None = None) -> None:
        """Make an empty row, with ``margins`` at the sides and above and below."""
        super().__init__(parent)
        self._gap = gap
        self._margins = margins
        self._groups: list[QWidget] = []
        #: Those at the right.
        self._right: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, group: QWidget, *, right: bool = False) -> None:
        """Append ``group``; those at the ``right`` come last, and leave room before them."""
        group.setParent(self)
        self._groups.append(group)
        if right:
            self._right.append(group)

    def sizeHint(self) -> QSize:
        return QSize(self.length(), self.heightForWidth(self.width()))

    def length(self) -> int:
        """Return how wide all groups are in one row."""
        return self._length(self._groups)

    def minimumSizeHint(self) -> QSize:
        widest = max((_size(group).width() for group in self._groups), default=0)
        return QSize(widest + 2 * scaled(self._margins[0]), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows that ``width`` makes necessary."""
        rows = self._rows(width)
        between = scaled(self._gap) * max(0, len(rows) - 1)
        return sum(_height(row) for row in rows) + between + 2 * scaled(self._margins[1])

    def rows(self) -> list[list[QWidget]]:
        """Return the groups that are shown, row by row."""
        return self._rows(self.width())

    def _rows(self, width: int) -> list[list[QWidget]]:
        rows: list[list[QWidget]] = [[]]
        for group in self._groups:
            if group.isHidden():
                continue
            # Those at the right stay together where one row has room for them.
            first_at_right = group in self._right and not any(other in self._right for other in rows[-1])
            if rows[-1] and self._length([*rows[-1], *(self._right if first_at_right else [group])]) > width:
                rows.append([])
            rows[-1].append(group)
        return rows

    def _length(self, groups: Sequence[QWidget]) -> int:
        gaps = scaled(self._gap) * max(0, len(groups) - 1)
        return sum(_size(group).width() for group in groups) + gaps + 2 * scaled(self._margins[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Place the groups anew when one of them may need more or less room."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Polish, QEvent.Type.StyleChange):
            self._place()
        return done

    def _place(self) -> None:
        gap, (side, top) = scaled(self._gap), (scaled(margin) for margin in self._margins)
        y = top
        for row in self._rows(self.width()):
            height, x = _height(row), side
            for group in row:
                size = _size(group)
                if group in self._right and (group is row[0] or row[row.index(group) - 1] not in self._right):
                    rest = row[row.index(group) :]
                    x = max(x, self.width() - (self._length(rest) - side))
                group.setGeometry(QRect(x, y + (height - size.height()) // 2, size.width(), size.height()))
                x += size.width() + gap
            y += height + gap
        height = y - gap + top
        if height != self.minimumHeight() or height != self.maximumHeight():
            # Layouts remember a height for a width from before, so it is set outright.
            self.setFixedHeight(height)


def _height(row: Sequence[QWidget]) -> int:
    return max((_size(group).height() for group in row), default=0)


def _size(group: QWidget) -> QSize:
    return group.sizeHint().expandedTo(group.minimumSize())
