"""Which actions can be done now, and why the others cannot."""

from PySide6.QtCore import QCoreApplication

from app.panels.experiment import ExperimentForm
from app.run.controller import Controller
from app.window.actions import ActionSet


def enable(commands: ActionSet, controller: Controller, form: ExperimentForm) -> None:
    """Offer what can be done now; for the rest, say what it waits for."""
    moment, reached = controller.moment, controller.reached
    loading = "" if moment is not None and not controller.busy else _loading()
    begun = loading or ("" if moment is not None and moment.position > 0 else _at_start())
    ready = loading or ("" if form.experiment() is not None else _wrong_form())
    more = ready or (_at_end() if moment is not None and moment.finished else "")
    moving = controller.playing or controller.rewinding
    epoch = loading or ("" if reached is not None and len(reached.history.loss) > 0 else _no_epoch())
    reasons = {
        "back": begun,
        "back_larger": begun,
        "rewind": begun,
        "keep": begun,
        "live": _live() if controller.live else "",
        "continue": loading or (_live() if controller.live else ""),
        "check_gradients": "" if moment is not None else _loading(),
        "forget_kept": "" if controller.kept else _none_kept(),
        "play": "" if moving else more,  # a wrong field must not keep a run from being paused
        "pause": "" if controller.playing else _standing(),
        "step": more,
        "step_larger": more,
        "reset": ready,
        "random": ready,
        "export": epoch,
    }
    for name, reason in reasons.items():
        commands.allow(name, reason)


def _loading() -> str:
    return QCoreApplication.translate("Enabling", "A run is being made ready.")


def _at_start() -> str:
    return QCoreApplication.translate("Enabling", "The run is at its start.")


def _at_end() -> str:
    return QCoreApplication.translate("Enabling", "The last epoch is done: more epochs let the run go on.")


def _wrong_form() -> str:
    return QCoreApplication.translate("Enabling", "A field of the experiment cannot be used.")


def _live() -> str:
    return QCoreApplication.translate("Enabling", "The newest moment is on the screen.")


def _standing() -> str:
    return QCoreApplication.translate("Enabling", "The run stands still.")


def _none_kept() -> str:
    return QCoreApplication.translate("Enabling", "No run has been kept.")


def _no_epoch() -> str:
    return QCoreApplication.translate("Enabling", "No epoch is complete yet.")
