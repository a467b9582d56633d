"""Which actions can be done now."""

from app.actions import ActionSet
from app.controller import Controller
from app.panels.experiment import ExperimentForm


def enable(commands: ActionSet, controller: Controller, form: ExperimentForm) -> None:
    """Offer what can be done now."""
    moment, reached = controller.moment, controller.reached
    idle = moment is not None and not controller.busy
    begun = idle and moment is not None and moment.position > 0
    ready = idle and form.experiment() is not None
    more = ready and moment is not None and not moment.finished
    moving = controller.playing or controller.rewinding
    rules = {
        "back": begun,
        "back_larger": begun,
        "rewind": begun,
        "keep": begun,
        "live": not controller.live,
        "continue": idle and not controller.live,
        "check_gradients": moment is not None,
        "forget_kept": bool(controller.kept),
        "play": more or moving,  # a wrong field must not keep a run from being paused
        "step": more,
        "step_larger": more,
        "reset": ready,
        "random": ready,
        "export": idle and reached is not None and len(reached.history.loss) > 0,
    }
    for name, can in rules.items():
        commands[name].setEnabled(can)
