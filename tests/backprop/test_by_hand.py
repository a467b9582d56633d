"""One step of XOR on 2-2-1, and one of a single linear unit, with every number worked out by hand."""

from math import exp

import numpy as np
import pytest

import backprop
from backprop import Cursor, Layer

# Half a unit of the sixth decimal, to which the numbers below are written.
ROUNDING = 5e-7


@pytest.fixture
def step(xor: backprop.Dataset) -> backprop.Trainer:
    """The XOR lesson after its first step."""
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment, xor)
    trainer.step_batch()
    return trainer


# The lesson begins with    W1 = 0.548814  0.715189        W2 = 0.423655
#                                0.602763  0.544883             0.645894
#
# Forward 1. z1 = x W1: a row of zeros, the second row of W1, the first row, and their sum.
#            a1 = 1 / (1 + e^-z1), for example 1 / (1 + e^-0.602763) = 1 / (1 + 0.547297) = 0.646288.
Z1 = [[0.0, 0.0], [0.602763, 0.544883], [0.548814, 0.715189], [1.151577, 1.260073]]
A1 = [[0.5, 0.5], [0.646288, 0.632948], [0.633860, 0.671547], [0.759799, 0.779039]]

# Forward 2. z2 = a1 W2, for example 0.5 * 0.423655 + 0.5 * 0.645894 = 0.534774; a2 = 1 / (1 + e^-0.534774) = 0.630596.
Z2 = [[0.534774], [0.682620], [0.702286], [0.825069]]
A2 = [[0.630596], [0.664323], [0.668694], [0.695311]]

# Loss. a2 - y = 0.630596, -0.335677, -0.331306, 0.695311; their squares 0.397651, 0.112679, 0.109763, 0.483458
#       add up to 1.103551. Half of it is differentiated, a quarter of it (four samples, one output) is plotted.
OBJECTIVE = 0.551776
MSE = 0.275888

# Backward 2. delta2 = (a2 - y) a2 (1 - a2), for example 0.630596 * 0.630596 * 0.369404 = 0.146894.
#             dL/dW2 = a1^T delta2: its first number is
#             0.5 * 0.146894 - 0.646288 * 0.074855 - 0.633860 * 0.073398 + 0.759799 * 0.147304 = 0.090466.
DELTA2 = [[0.146894], [-0.074855], [-0.073398], [0.147304]]
GRADIENT_W2 = [[0.090466], [0.091533]]

# Backward 1. delta1 = delta2 W2^T a1 (1 - a1), for example 0.146894 * 0.423655 * 0.25 = 0.015558.
#             dL/dW1 = x^T delta1: its first row adds the samples whose first input is 1, the third and the fourth,
#             -0.007217 + 0.011389 = 0.004173 (rounded last) and -0.010457 + 0.016378 = 0.005921.
DELTA1 = [[0.015558, 0.023719], [-0.007250, -0.011233], [-0.007217, -0.010457], [0.011389, 0.016378]]
GRADIENT_W1 = [[0.004173, 0.005921], [0.004140, 0.005145]]

# Update. W -= 0.5 dL/dW, for example 0.423655 - 0.5 * 0.090466 = 0.378422. W1 changes by the gradient that was computed
#         with the old W2.
UPDATED_W1 = [[0.546727, 0.712229], [0.600693, 0.542311]]
UPDATED_W2 = [[0.378422], [0.600128]]


def test_forward_passes(step: backprop.Trainer) -> None:
    first, second = step.snapshot_at(Cursor(0, 0, 1)), step.snapshot_at(Cursor(0, 0, 2))
    assert first.z[0] == pytest.approx(np.array(Z1), abs=ROUNDING)
    assert first.a[0] == pytest.approx(np.array(A1), abs=ROUNDING)
    assert second.z[1] == pytest.approx(np.array(Z2), abs=ROUNDING)
    assert second.a[1] == pytest.approx(np.array(A2), abs=ROUNDING)


def test_loss(step: backprop.Trainer) -> None:
    compared = step.snapshot_at(Cursor(0, 0, 3))
    assert compared.objective == pytest.approx(OBJECTIVE, abs=ROUNDING)
    assert compared.mse == pytest.approx(MSE, abs=ROUNDING)
    assert step.history.step_objective == pytest.approx([OBJECTIVE], abs=ROUNDING)
    assert step.history.step_mse == pytest.approx([MSE], abs=ROUNDING)
    assert step.history.loss == pytest.approx([MSE], abs=ROUNDING)


def test_backward_passes(step: backprop.Trainer) -> None:
    second, first = step.snapshot_at(Cursor(0, 0, 4)), step.snapshot_at(Cursor(0, 0, 5))
    assert second.delta[1] == pytest.approx(np.array(DELTA2), abs=ROUNDING)
    assert second.gradients["W2"] == pytest.approx(np.array(GRADIENT_W2), abs=ROUNDING)
    assert first.delta[0] == pytest.approx(np.array(DELTA1), abs=ROUNDING)
    assert first.gradients["W1"] == pytest.approx(np.array(GRADIENT_W1), abs=ROUNDING)


def test_update(step: backprop.Trainer) -> None:
    assert step.parameters["W1"] == pytest.approx(np.array(UPDATED_W1), abs=ROUNDING)
    assert step.parameters["W2"] == pytest.approx(np.array(UPDATED_W2), abs=ROUNDING)


def test_loss_and_gradients_gives_the_same_numbers(xor: backprop.Dataset) -> None:
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment, xor)
    objective, gradients = trainer.loss_and_gradients(xor.train.x, xor.train.y)
    assert objective == pytest.approx(OBJECTIVE, abs=ROUNDING)
    assert gradients["W1"] == pytest.approx(np.array(GRADIENT_W1), abs=ROUNDING)
    assert gradients["W2"] == pytest.approx(np.array(GRADIENT_W2), abs=ROUNDING)


def test_the_same_step_in_plain_python(step: backprop.Trainer) -> None:
    """The formulas of the lesson, one number at a time, to the last digits."""
    initial = step.snapshot().initial_parameters
    w1, w2 = initial["W1"].tolist(), [row[0] for row in initial["W2"].tolist()]
    gradient1, gradient2 = [[0.0, 0.0], [0.0, 0.0]], [0.0, 0.0]
    squares = 0.0
    for x, y in (((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)):
        hidden = [1 / (1 + exp(-(x[0] * w1[0][j] + x[1] * w1[1][j]))) for j in (0, 1)]
        output = 1 / (1 + exp(-(hidden[0] * w2[0] + hidden[1] * w2[1])))
        squares += (output - y) ** 2
        delta = (output - y) * output * (1 - output)
        for j in (0, 1):
            gradient2[j] += hidden[j] * delta
            delta_hidden = delta * w2[j] * hidden[j] * (1 - hidden[j])
            for i in (0, 1):
                gradient1[i][j] += x[i] * delta_hidden

    assert step.history.step_objective[0] == pytest.approx(squares / 2, rel=1e-14)
    assert step.history.step_mse[0] == pytest.approx(squares / 4, rel=1e-14)
    updated1 = [[w1[i][j] - 0.5 * gradient1[i][j] for j in (0, 1)] for i in (0, 1)]
    updated2 = [[w2[j] - 0.5 * gradient2[j]] for j in (0, 1)]
    np.testing.assert_allclose(step.parameters["W1"], updated1, rtol=1e-14)
    np.testing.assert_allclose(step.parameters["W2"], updated2, rtol=1e-14)


# One linear unit that begins at zero answers 0 for every sample, so a - y = 0, -1, -1, 0. Half the sum of the squares
# is 1, their mean 1/2. dL/dW = x^T (a - y): the first input is 1 for the third and fourth sample, -1 + 0 = -1, the
# second for the second and fourth, -1 + 0 = -1. dL/db is the sum, -2. With eta 0.25: W = 0.25, 0.25 and b = 0.5.
# The mean variant divides by four samples: L = 0.25, dL/dW = -0.25, -0.25, dL/db = -0.5.
@pytest.mark.parametrize(("loss", "divisor"), [("half_squared_error", 1), ("mean_half_squared_error", 4)])
def test_one_linear_unit_with_a_bias(loss: str, divisor: int, xor: backprop.Dataset) -> None:
    experiment = backprop.Experiment(
        dataset="xor", layers=(Layer(1, "identity", "zeros", biases=True),), loss=loss, learning_rate=0.25
    )
    trainer = backprop.Trainer(experiment, xor)
    trainer.step_batch()
    moment = trainer.snapshot()
    assert moment.objective == 1 / divisor
    assert moment.mse == 0.5
    assert moment.gradients["W1"].tolist() == [[-1 / divisor], [-1 / divisor]]
    assert moment.gradients["b1"].tolist() == [-2 / divisor]
    assert moment.parameters["W1"].tolist() == [[0.25 / divisor], [0.25 / divisor]]
    assert moment.parameters["b1"].tolist() == [0.5 / divisor]
