"""How the main window gets its guide."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from app.guide.guide import Guide
from app.guide.panel import GuidePanel
from app.guide.runner import Runner
from app.guide.stage import WindowStage

if TYPE_CHECKING:  # the window composes the guide
    from app.main_window import MainWindow
    from app.moment import RunStarted


def make_guide(window: "MainWindow") -> GuidePanel:
    """Return the guide of ``window``, which stands in its dock "guide" and follows its controller from now on."""
    controller = window.controller
    stage = WindowStage(window)
    changed = (
        controller.run_started,
        controller.reached_changed,
        controller.moment_changed,
        controller.playing_changed,
        controller.busy_changed,
        controller.failed,
        controller.pace_changed,
    )
    runner = Runner(changed, stage.taken_over, stage)
    panel = GuidePanel(Guide(window.settings, QLocale().name()), stage, runner)
    panel.set_theme(window.theme)

    def follow(run: "RunStarted") -> None:
        panel.follow(run.experiment.dataset)

    controller.run_started.connect(follow)
    if controller.run is not None:
        follow(controller.run)
    dock = window.workspace.docks["guide"]
    dock.set_panel(panel)
    dock.set_caption(panel.caption())
    panel.caption_changed.connect(dock.set_caption)
    return panel
