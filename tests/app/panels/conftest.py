"""What the tests of panels share: runs to look at, and a panel opened on a moment of one."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.look.style import install
from app.look.theme import LIGHT, Theme
from app.panels.base import Panel
from backprop import LESSONS, Cursor, Dataset, Trainer
from tests.moments import show_moment


@pytest.fixture(scope="session")
def xor_run(xor: Dataset) -> Trainer:
    """The first 3001 epochs of the XOR lesson. Tests only look at it: all of them share it."""
    trainer = Trainer(LESSONS["xor"].experiment.replace(epochs=3001), xor)
    trainer.run()
    return trainer


@pytest.fixture(scope="session")
def mnist_run(mnist: Dataset) -> Trainer:
    """The first 200 batches of the MNIST lesson. Tests only look at it: all of them share it."""
    trainer = Trainer(LESSONS["mnist"].experiment, mnist, evaluate=False)
    for _ in range(200):
        trainer.step_batch()
    return trainer


@pytest.fixture
def opener(qtbot: QtBot, qapp: QApplication) -> Callable[..., Callable[..., Panel]]:
    """Given a kind of panel and the size it has in the design, a function that opens one on a moment of a run."""

    def opener_of(kind: type[Panel], in_the_design: tuple[int, int]) -> Callable[..., Panel]:
        def open_panel(
            run: Trainer, cursor: Cursor | None = None, size: tuple[int, int] = in_the_design, theme: Theme = LIGHT
        ) -> Panel:
            install(qapp, theme)
            panel = kind()
            qtbot.addWidget(panel)
            for control in panel.controls():
                qtbot.addWidget(control)
            panel.resize(*size)
            panel.set_theme(theme)
            with qtbot.waitExposed(panel):
                panel.show()
            panel.start_run(run.experiment, run.dataset)
            show_moment(panel, run, cursor)
            panel.clearFocus()
            return panel

        return open_panel

    return opener_of
