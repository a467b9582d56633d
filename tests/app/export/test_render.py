"""A hidden widget's picture is the one the screen would show."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.export.compose import draw, make_figure
from app.export.recording import Recording
from app.export.render import render, to_frame
from app.export.request import ExportRequest
from app.export.steps import at_once
from backprop import LESSONS, Trainer


class Corners(QWidget):
    """Red in the top left corner, green in the bottom right one, blue elsewhere."""

    def paintEvent(self, event):
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 255))
        painter.fillRect(0, 0, 2, 2, QColor(255, 0, 0))
        painter.fillRect(self.width() - 2, self.height() - 2, 2, 2, QColor(0, 255, 0))


@pytest.mark.parametrize("width", [800, 801, 802, 803])  # lines are padded to four bytes
def test_pixels_are_where_they_were_painted_at_any_width(qtbot, width):
    widget = Corners()
    qtbot.addWidget(widget)
    frame = render(widget, (width, 33))
    assert frame.shape == (33, width, 3)
    assert frame.dtype == np.uint8
    assert frame.flags.c_contiguous
    np.testing.assert_array_equal(frame[:2, :2], np.broadcast_to([255, 0, 0], (2, 2, 3)))
    np.testing.assert_array_equal(frame[-2:, -2:], np.broadcast_to([0, 255, 0], (2, 2, 3)))
    assert (frame[:, width // 2] == [0, 0, 255]).all()


def test_frames_are_independent(qtbot):
    widget = Corners()
    qtbot.addWidget(widget)
    first = render(widget, (40, 30))
    kept = first.copy()
    render(widget, (40, 30))[:] = 0
    np.testing.assert_array_equal(first, kept)
    assert not widget.isVisible()


def test_children_are_laid_out_and_the_size_is_exact(qtbot):
    panel = QWidget()
    qtbot.addWidget(panel)
    label = QLabel("a label that is wider than the picture")
    label.setMinimumWidth(500)
    QVBoxLayout(panel).addWidget(label)
    panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    panel.setStyleSheet("background: #123456; color: white")
    frame = render(panel, (300, 200))
    assert frame.shape == (200, 300, 3)
    assert frame[5, 5].tolist() == [0x12, 0x34, 0x56]
    assert (frame > 200).all(axis=-1).any(), "the label's text is there"


def chart(qtbot):
    widget = pg.GraphicsLayoutWidget()
    qtbot.addWidget(widget)
    plot = widget.addPlot(title="Loss")
    plot.showGrid(x=True, y=True, alpha=0.3)
    return widget, plot.plot([0, 1], pen="r")


def test_the_first_picture_of_a_chart_is_as_good_as_the_next(qtbot):
    widget, curve = chart(qtbot)
    for scale in (1, 1e4, 0.001):  # labels of other widths: the chart has to be laid out again
        curve.setData(np.arange(10) * scale)
        first = render(widget, (400, 300))
        np.testing.assert_array_equal(first, render(widget, (400, 300)))


def test_a_hidden_chart_looks_as_on_the_screen(qtbot):
    hidden, curve = chart(qtbot)
    shown, other_curve = chart(qtbot)
    for each in (curve, other_curve):
        each.setData(np.arange(10) * 1234.5)
    shown.resize(400, 300)
    with qtbot.waitExposed(shown):
        shown.show()

    def screen():
        image = shown.grab().toImage()
        return [[image.pixelColor(x, y).name() for x in range(0, 400, 7)] for y in range(0, 300, 3)]

    frame = render(hidden, (400, 300))
    expected = [[f"#{r:02x}{g:02x}{b:02x}" for r, g, b in line] for line in frame[::3, ::7]]
    qtbot.waitUntil(lambda: screen() == expected)


@pytest.mark.parametrize("size", [(0, 10), (10, 0), (-1, 10)])
def test_an_empty_picture_is_refused(qtbot, size):
    widget = QWidget()
    qtbot.addWidget(widget)
    with pytest.raises(ValueError, match="pixels"):
        render(widget, size)


def test_a_picture_painted_panel_by_panel_is_the_whole_picture(qtbot, tmp_path):
    trainer = Trainer(LESSONS["xor"].experiment.replace(epochs=20))
    trainer.run()
    recording = Recording.of(trainer)
    views = ("loss", "network", "weights", "samples", "diagnosis")
    request = ExportRequest(tmp_path / "run.png", views, size=(1600, 1200), caption="What it has learned")
    figure = at_once(make_figure(request, recording))
    qtbot.addWidget(figure)
    steps = draw(figure, request, recording.snapshot_at(recording.reached))
    taken = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            in_parts = end.value
            break
        taken += 1
    assert taken > 2 * len(views), "each panel is shown the moment and painted in steps of its own"
    np.testing.assert_array_equal(to_frame(in_parts), render(figure, request.size, request.ratio))
