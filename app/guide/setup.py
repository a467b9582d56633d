"""How the main window gets its guide."""

from typing import TYPE_CHECKING

from app.guide.guide import Guide
from app.guide.panel import GuidePanel
from app.guide.runner import Runner
from app.guide.stage import WindowStage
from app.languages import current

if TYPE_CHECKING:  # the window composes the guide
    from app.window.main_window import MainWindow


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
    dock = window.workspace.docks["guide"]
    seen = not dock.visibleRegion().isEmpty()
    panel = GuidePanel(Guide(window.settings, current()), stage, runner, seen=seen)
    dock.visibilityChanged.connect(panel.set_seen)
    panel.set_theme(window.theme)

    controller.run_started.connect(panel.follow_run)
    if controller.run is not None:
        panel.follow_run(controller.run)
    dock.set_panel(panel)
    dock.set_caption(panel.caption())
    panel.caption_changed.connect(dock.set_caption)
    return panel
