"""Curves on both sides of zero: thinned without losing a peak, on round axes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.widgets.course import on_whole_pixels, smooth, thin_together, without_straight_parts
from app.widgets.course_axes import signed_axis, value_range

# --- curves


@given(st.integers(3, 400), st.integers(1, 5), st.integers(3, 20), st.integers(0, 2**31))
def test_no_peak_is_lost_in_curves_that_are_thinned_together(n: int, curves: int, stride: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(n, curves))
    places, thinned = thin_together(np.arange(n), values, stride)
    assert len(places) == len(thinned) <= 2 * (-(-n // stride))
    assert (np.diff(places) >= 0).all()
    for start in range(0, n, stride):
        block, shown = values[start : start + stride], thinned[(places >= start) & (places < start + stride)]
        assert np.array_equal(block.min(axis=0), shown.min(axis=0))
        assert np.array_equal(block.max(axis=0), shown.max(axis=0))


@given(st.integers(3, 300), st.integers(0, 2**31), st.floats(0.0, 30.0))
def test_leaving_out_straight_parts_moves_no_curve_by_a_pixel(n: int, seed: int, rough: float) -> None:
    random = np.random.default_rng(seed)
    x = np.linspace(0.0, 700.0, n)
    y = np.stack([50 * np.sin(x / 90), random.normal(size=n) * rough + 0.1 * x], axis=1)
    fewer_x, fewer_y = without_straight_parts(x, y)
    assert len(fewer_x) <= n
    for number in (0, 1):
        assert np.abs(np.interp(x, fewer_x, fewer_y[:, number]) - y[:, number]).max() < 0.8


def test_a_straight_line_is_drawn_with_a_few_points_and_gaps_stay() -> None:
    x = np.arange(1000.0)
    fewer, _ = without_straight_parts(x, 3.0 * x[:, np.newaxis])
    assert len(fewer) < 100
    y = 3.0 * x[:, np.newaxis]
    y[500] = np.nan
    kept, values = without_straight_parts(x, y)
    assert np.isnan(values[kept == 500]).all()
    assert (kept == 500).any()


def test_only_curves_without_sharp_bends_are_smooth() -> None:
    x = np.arange(0.0, 300.0, 5.0)
    y = np.stack([20 * np.sin(x / 40), np.where(x < 150, 0.0, 100.0), np.full_like(x, np.nan)], axis=1)
    assert smooth(x, y).tolist() == [True, False, False]
    whole, values = on_whole_pixels(np.array([0.4, 10.6]), np.array([0.4, 10.6]))
    assert whole.tolist() == [0.0, 11.0]
    assert values.tolist() == [0.4, 10.6]


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12), st.integers(2, 8))
def test_a_signed_axis_holds_zero_and_both_ends_with_round_ticks(first: float, second: float, most: int) -> None:
    wanted = sorted((first, second))
    low, high, ticks = signed_axis(wanted[0], wanted[1], most)
    span = high - low
    assert low <= min(0.0, wanted[0]) + 1e-6 * span
    assert high >= max(0.0, wanted[1]) - 1e-6 * span
    assert [tick.text for tick in ticks if tick.place == 0] == ["0"] or any(
        float(t.text) == 0 for t in ticks if t.place == 0
    )
    assert len(ticks) <= most + 3
    places = [tick.place for tick in ticks]
    assert all(low - 1e-6 * span <= place <= high + 1e-6 * span for place in places)
    for tick in ticks:
        mirrored = next((other for other in ticks if other.place == -tick.place), None)
        if tick.place > 0 and mirrored is not None:
            assert mirrored.text == "−" + tick.text


def test_the_range_of_numbers_passes_over_those_that_are_none() -> None:
    assert value_range(np.array([[1.0, np.nan], [-2.0, np.inf]])) == (-2.0, 1.0)
    assert value_range(np.array([[np.nan]])) == (0.0, 0.0)
    assert value_range(np.empty((0, 3))) == (0.0, 0.0)
