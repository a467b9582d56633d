"""Histograms of weights: every number is counted once, around zero, and can be read."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

import backprop
from app.look.theme import DARK, LIGHT
from app.panels.weights import WeightsPanel
from app.widgets.histogram import bins_for, count, round_reach
from app.widgets.histogram_pane import HistogramPane
from backprop import LESSONS, Cursor, Layer, Trainer

XOR = LESSONS["xor"].experiment

Opener = Callable[..., WeightsPanel]


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    open_panel = opener(WeightsPanel, (716, 180))

    def open_histograms(run: Trainer, *moment: object, quantity: str = "weights", **look: object) -> WeightsPanel:
        panel = open_panel(run, *moment, **look)
        panel.set_view("histogram")
        panel.set_quantity(quantity)
        return panel

    return open_histograms


def histogram(panel: WeightsPanel, quantity: str, layer: int) -> HistogramPane:
    pane = panel.panes[quantity, layer]
    assert isinstance(pane, HistogramPane)
    return pane


# --- counting


@given(
    arrays(np.float64, st.integers(1, 500), elements=st.floats(-1e6, 1e6)),
    st.sampled_from([3, 11, 21, 81]),
)
def test_every_number_is_in_the_bin_that_holds_it(values: np.ndarray, bins: int) -> None:
    reach = round_reach(float(np.abs(values).max()))
    counted = count(values, reach, bins)
    assert counted.counts.sum() == counted.total == len(values)
    expected = np.zeros(bins, int)
    for value in values.tolist():
        expected[counted.bin_of(value)] += 1
    # Where a number stands on the very edge of two bins, rounding may put it into either.
    assert (
        np.abs(np.cumsum(counted.counts - expected)).max()
        <= np.isclose(np.abs(values / counted.bin_width) % 1.0, 0.5, atol=1e-6).sum()
    )
    for value in values.tolist():
        low, high = counted.edges(counted.bin_of(value))
        assert low - 1e-6 * reach <= value <= high + 1e-6 * reach


def test_zero_is_in_the_middle_and_signs_are_apart() -> None:
    counted = count(np.array([0.0, 0.0, -0.9, 0.9, 0.9, 1e-9]), 1.0, 11)
    assert counted.counts.tolist() == [1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 2]
    assert counted.edges(5) == (-counted.bin_width / 2, counted.bin_width / 2)


def test_the_ends_of_the_axis_belong_to_the_outermost_bins_and_so_does_what_lies_beyond() -> None:
    counted = count(np.array([-1.0, 1.0, 5.0, -7.0, 1e300], np.float64), 1.0, 5)
    assert counted.counts.tolist() == [2, 0, 0, 0, 3]
    large = count(np.array([-3e38, 3e38, 1.0], np.float32), 1e30, 5)
    assert large.counts.tolist() == [1, 0, 1, 0, 1]


def test_numbers_that_are_none_are_left_out() -> None:
    counted = count(np.array([np.nan, np.inf, -np.inf, 0.5, 0.25], np.float32), 1.0, 11)
    assert counted.total == counted.counts.sum() == 2
    assert counted.mean == pytest.approx(0.375)
    assert counted.deviation == pytest.approx(0.125)
    assert count(np.array([np.nan]), 1.0, 3).total == 0


def test_mean_and_deviation_are_those_of_the_numbers() -> None:
    values = np.random.default_rng(3).normal(2.0, 0.5, (784, 128)).astype(np.float32)
    counted = count(values, 5.0, 81)
    assert counted.mean == pytest.approx(float(values.mean(dtype=np.float64)), rel=1e-5)
    assert counted.deviation == pytest.approx(float(values.std(dtype=np.float64)), rel=1e-3)
    assert counted.counts.sum() == values.size
    assert (
        np.array_equal(counted.counts, np.histogram(values, bins=81, range=(-5.0, 5.0))[0])
        or np.abs(counted.counts - np.histogram(values, bins=81, range=(-5.0, 5.0))[0]).sum() <= 10
    )


@given(st.floats(1e-25, 1e25))
def test_a_round_end_of_the_axis_is_at_most_half_as_far_again(largest: float) -> None:
    reach = round_reach(largest)
    assert largest <= reach * (1 + 1e-12)
    assert reach <= 1.51 * largest
    assert round_reach(reach * (1 - 1e-12)) == reach, "so that it stays while values change a little"


@given(st.integers(1, 200_000), st.floats(10, 2000))
def test_the_number_of_bins_is_odd_and_has_room(numbers: int, room: float) -> None:
    bins = bins_for(numbers, room, 4.0)
    assert bins % 2 == 1
    assert 3 <= bins <= 81
    assert bins * 4.0 <= room + 4.0 or bins == 3


# --- what is shown


def test_each_layer_is_counted_at_the_moment_that_is_shown(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    for cursor in (Cursor(0, 4, 6), Cursor(0, 0, 0), Cursor(0, 2, 6)):
        snapshot = mnist_run.snapshot_at(cursor)
        panel.show_snapshot(snapshot)
        for layer in (1, 2):
            shown = histogram(panel, "weights", layer).histogram
            assert shown is not None
            values = snapshot.parameters[f"W{layer}"]
            assert shown.total == values.size
            expected = count(values, shown.reach, len(shown.counts))
            assert np.array_equal(shown.counts, expected.counts)
            assert shown.mean == pytest.approx(float(values.mean()), abs=1e-6)


def test_all_four_quantities_are_counted_side_by_side(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, quantity="all", size=(1029, 280))
    snapshot = mnist_run.snapshot()
    assert set(panel.panes) == {(q, layer) for q in ("weights", "gradient", "last", "change") for layer in (1, 2)}
    shown = histogram(panel, "last", 2).histogram
    assert shown is not None
    change = -(snapshot.gradients["W2"] * snapshot.learning_rate)
    assert np.array_equal(shown.counts, count(change, shown.reach, len(shown.counts)).counts)
    panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, 3, 2)))
    assert "Update" in panel.panes["last", 2].message
    assert histogram(panel, "last", 2).histogram is None


def test_bars_stand_where_they_are_read_and_as_high_as_their_counts(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    pane = histogram(panel, "weights", 1)
    shown = pane.histogram
    assert shown is not None
    image = panel.grab().toImage()
    highest = int(shown.counts.argmax())
    half = len(shown.counts) // 2
    for number in range(0, len(shown.counts), 3):
        bar = pane.bar(number)
        assert pane.spot_at(bar.center().toPointF()) == number
        assert bar.height() == pytest.approx(
            shown.counts[number] / shown.counts[highest] * pane.bar(highest).height(), abs=1.1
        )
        if bar.height() > 2:
            colour = LIGHT.negative if number < half else LIGHT.positive
            if number != half:
                assert image.pixelColor(QPoint(bar.left(), bar.center().y())).name() == colour.lower()
            assert image.pixelColor(QPoint(bar.left(), bar.top() - 1)).name() not in (
                LIGHT.negative.lower(),
                LIGHT.positive.lower(),
            )


def test_a_single_weight_is_seen_beside_thousands(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    pane = histogram(panel, "weights", 1)
    assert pane.histogram is not None
    rare = [k for k, counted in enumerate(pane.histogram.counts) if 0 < counted <= 3]
    assert rare
    assert all(pane.bar(number).height() >= 1 for number in rare)


def test_counts_of_large_layers_gradients_are_logarithmic_unless_told(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, quantity="gradient")
    pane = histogram(panel, "gradient", 1)
    assert pane.histogram is not None
    counts = pane.histogram.counts
    middle = len(counts) // 2
    assert counts[middle] > 20 * counts[middle + 3] > 0
    logarithmic = pane.bar(middle + 3).height() / pane.bar(middle).height()
    panel.options.set_counts("linear")
    linear = pane.bar(middle + 3).height() / pane.bar(middle).height()
    assert linear < 0.05 < 0.3 < logarithmic
    panel.set_quantity("weights")
    assert not histogram(panel, "weights", 1).logarithmic
    panel.options.set_counts("log")
    assert histogram(panel, "weights", 1).logarithmic
    panel.options.set_counts("auto")
    assert not histogram(panel, "weights", 1).logarithmic


def test_a_bar_is_read_with_its_count_and_its_ends(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    pane = histogram(panel, "weights", 2)
    assert pane.histogram is not None
    number = pane.histogram.bin_of(10.53)
    text, shorter = pane.read_outs(number)
    assert text.endswith(": 1")
    assert shorter == "1"
    low, high = pane.histogram.edges(number)
    assert low <= xor_run.snapshot_at(Cursor(2400, 0, 6)).parameters["W2"][1, 0] <= high
    assert pane.tool_tip(number).startswith("1 of 2 lie between ")
    assert pane.tool_tip(number).endswith("50 %")


def test_how_many_are_exactly_zero_is_told(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, quantity="gradient")
    pane = histogram(panel, "gradient", 1)
    assert pane.histogram is not None
    zeros = int((mnist_run.snapshot().gradients["W1"] == 0).sum())
    assert zeros > 10_000, "pixels that are black in the whole batch give no gradient"
    assert f"{zeros:,} of these are exactly 0" in pane.tool_tip(len(pane.histogram.counts) // 2)


def test_biases_stand_under_the_axis(opened: Opener) -> None:
    run = Trainer(XOR.replace(layers=(Layer(2, "tanh"), Layer(1)), epochs=50))
    run.run()
    panel = opened(run)
    pane = histogram(panel, "weights", 1)
    assert pane.histogram is not None
    assert pane.histogram.total == 4, "they are not counted"
    image = panel.grab().toImage()
    for bias in run.parameters["b1"]:
        x = pane.plot.center().x() + bias / pane.histogram.reach * pane.plot.width() / 2
        row = [image.pixelColor(round(x) + d, round(pane.plot.bottom()) + 4).name() for d in (-1, 0, 1)]
        assert QColor(LIGHT.soft_text).name() in row


def test_one_axis_for_all_or_each_its_own(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 6))
    reaches = [histogram(panel, "weights", layer).histogram for layer in (1, 2)]
    assert [shown.reach for shown in reaches if shown] == [7.5, 15.0]
    panel.options.set_shared(True)
    reaches = [histogram(panel, "weights", layer).histogram for layer in (1, 2)]
    assert [shown.reach for shown in reaches if shown] == [15.0, 15.0]
    panel.options.set_shared(False)
    panel.options.set_locked(True)
    panel.show_snapshot(xor_run.snapshot_at(Cursor(0, 0, 0)))
    shown = histogram(panel, "weights", 2).histogram
    assert shown is not None
    assert shown.reach == 15.0, "kept"


@pytest.mark.parametrize("size", [(236, 110), (716, 180), (1900, 1000)])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_everything_stays_inside_its_pane(
    opened: Opener, mnist_run: Trainer, size: tuple[int, int], theme: object
) -> None:
    panel = opened(mnist_run, size=size, quantity="all")
    panel.set_theme(theme)  # type: ignore[arg-type]
    panel.grab()
    for pane in panel.panes.values():
        assert isinstance(pane, HistogramPane)
        assert pane.histogram is not None
        assert pane.rect.contains(pane.plot)
        bars = [pane.bar(number) for number in range(len(pane.histogram.counts))]
        assert all(pane.plot.adjusted(-1, -1, 1, 1).contains(bar.toRectF()) for bar in bars if bar.height())


def test_a_run_that_diverged_is_counted_too(opened: Opener) -> None:
    run = Trainer(XOR.replace(layers=(Layer(2, "identity"), Layer(1, "identity")), learning_rate=900.0, epochs=200))
    with pytest.raises(backprop.DivergedError):
        run.run()
    panel = opened(run, quantity="all", size=(1029, 280))
    panel.grab()
    shown = histogram(panel, "weights", 1).histogram
    assert shown is not None
    assert shown.total == int(np.isfinite(run.parameters["W1"]).sum())
