"""Controls that wrap into as many rows as the width makes necessary."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.look.style import install
from app.look.theme import LIGHT
from app.widgets.wrapping_row import WrappingRow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def row(qapp: QApplication, qtbot: QtBot) -> WrappingRow:
    install(qapp, LIGHT)
    row = WrappingRow(gap=10, margins=(5, 5))
    for text in ("a", "b", "c"):
        row.add(_button(text))
    for text in ("y", "z"):
        row.add(_button(text), right=True)
    qtbot.addWidget(row)
    row.show()
    qtbot.waitExposed(row)
    return row


def _button(text: str) -> QWidget:
    button = QWidget()  # a real button's size would follow from the style sheet
    button.setObjectName(text)
    button.setFixedSize(100, 30)
    return button


def texts(row: WrappingRow) -> list[str]:
    return ["".join(button.objectName() for button in line) for line in row.rows()]


@pytest.mark.parametrize(
    ("width", "rows"), [(550, ["abcyz"]), (549, ["abc", "yz"]), (329, ["ab", "c", "yz"]), (110, list("abcyz"))]
)
def test_rows_follow_from_the_width(qtbot: QtBot, row: WrappingRow, width: int, rows: list[str]) -> None:
    row.resize(width, row.height())
    qtbot.waitUntil(lambda: row.height() == 10 + 30 * len(rows) + 10 * (len(rows) - 1))
    assert texts(row) == rows


def test_nothing_overlaps_or_sticks_out_and_the_last_stand_at_the_right(row: WrappingRow) -> None:
    for width in range(110, 800, 37):
        row.resize(width, row.height())
        shown = [button for line in row.rows() for button in line]
        assert all(row.rect().contains(button.geometry()) for button in shown)
        assert not any(a.geometry().intersects(b.geometry()) for a in shown for b in shown if a is not b)
        assert shown[-1].geometry().right() == width - 5 - 1


def test_what_is_hidden_takes_no_room(qtbot: QtBot, row: WrappingRow) -> None:
    row.resize(440, row.height())
    assert texts(row) == ["abc", "yz"]
    row.rows()[0][1].hide()
    qtbot.waitUntil(lambda: row.height() == 40)
    assert texts(row) == ["acyz"]


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
