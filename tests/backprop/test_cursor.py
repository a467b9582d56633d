"""The moments of a run: their names, their order, and how far it is from one to another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backprop import Cursor, Phase
from backprop.cursor import Clock, phases

CLOCKS = st.builds(Clock, steps_per_epoch=st.integers(1, 20), phases_per_step=st.integers(4, 18))


def test_phases_of_a_step() -> None:
    assert phases(1) == (Phase("forward", 1), Phase("loss"), Phase("backward", 1), Phase("update"))
    assert phases(3) == (
        Phase("forward", 1),
        Phase("forward", 2),
        Phase("forward", 3),
        Phase("loss"),
        Phase("backward", 3),
        Phase("backward", 2),
        Phase("backward", 1),
        Phase("update"),
    )


def test_cursors_of_a_run_are_in_order() -> None:
    moments = [Cursor(e, b, p) for e in range(3) for b in range(3) for p in range(5)]
    assert all(earlier < later for earlier, later in pairwise(moments))


@given(clock=CLOCKS, epochs=st.integers(1, 4))
def test_positions_count_the_phases_of_a_run(clock: Clock, epochs: int) -> None:
    expected = [
        Cursor(epoch, batch, phase)
        for epoch in range(epochs)
        for batch in range(clock.steps_per_epoch)
        for phase in range(1, clock.phases_per_step + 1)
    ]
    assert clock.cursor(0) == Cursor(0, 0, 0)
    for position, cursor in enumerate(expected, 1):
        assert clock.cursor(position) == cursor
        assert clock.position(cursor) == position
    assert clock.end_of_epoch(epochs) == len(expected)
    assert clock.cursor(clock.end_of_epoch(epochs)) == expected[-1]
    assert clock.cursor(clock.end_of_step(1)) == Cursor(0, 0, clock.phases_per_step)


@given(clock=CLOCKS, position=st.integers(0, 500), phases=st.integers(1, 50))
def test_a_step_back_and_a_step_forward(clock: Clock, position: int, phases: int) -> None:
    multiples = range(0, 1000, phases)
    assert clock.before(position, phases) == max([m for m in multiples if m < position], default=0)
    assert clock.after(position, phases) == min(m for m in multiples if m > position)


def test_stepping_back_over_an_epoch_ends_where_one_was_complete() -> None:
    clock = Clock(steps_per_epoch=3, phases_per_step=6)
    somewhere = clock.position(Cursor(epoch=2, batch=1, phase=4))
    assert clock.cursor(clock.before(somewhere, 1)) == Cursor(2, 1, 3)
    assert clock.cursor(clock.before(somewhere, 6)) == Cursor(2, 0, 6)
    assert clock.cursor(clock.before(somewhere, 18)) == Cursor(1, 2, 6)
    assert clock.cursor(clock.after(somewhere, 18)) == Cursor(2, 2, 6)
