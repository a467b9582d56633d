"""The row that wraps: its controls have the room they ask for."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.widgets.wrapping_row import WrappingRow


@pytest.mark.parametrize("width", [900, 420, 150])
def test_a_control_with_a_least_width_does_not_lie_under_its_neighbour(qtbot: QtBot, width: int) -> None:
    row = WrappingRow(gap=10)
    qtbot.addWidget(row)
    buttons = [QPushButton(text) for text in ("A", "B", "C")]
    buttons[0].setMinimumWidth(130)
    for button in buttons:
        row.add(button)
    row.resize(width, 100)
    with qtbot.waitExposed(row):
        row.show()
    for line in row.rows():
        for left, right in pairwise(line):
            assert right.x() - left.geometry().right() >= 10
    assert buttons[0].width() == 130
