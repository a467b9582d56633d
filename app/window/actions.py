"""Everything a person can do, once: name, icon, shortcut, and what it means for learning.

Buttons, menus and shortcuts are made from these actions, so none of them can differ from another.
"""

from collections.abc import Callable, ItemsView, Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.look.icons import icon
from app.look.theme import Theme
from app.wording import together


class Group(Enum):
    """What actions are about, in the order in which they are listed."""

    RUN = "run"
    PAST = "past"
    STUDY = "study"
    SETTINGS = "settings"
    FILES = "files"
    VIEW = "view"
    PROGRAM = "program"


@dataclass(frozen=True)
class ActionText:
    """An action's translated texts, its icon, its shortcuts, and the group in which it is listed."""

    text: str
    hint: str
    icon: str | None = None
    shortcuts: tuple[str, ...] = ()
    group: Group = Group.PROGRAM


class ActionSet(QObject):
    """The actions of one window, by name."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._texts = self._table()
        self._actions: dict[str, QAction] = {}
        self._reasons: dict[str, str] = {}
        for name, entry in self._texts.items():
            action = QAction(entry.text, window)
            action.setObjectName(f"action-{name}")
            action.setShortcuts([QKeySequence(key) for key in entry.shortcuts])
            window.addAction(action)
            self._actions[name] = action
            self._show_tip(name)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def items(self) -> ItemsView[str, QAction]:
        """Return all actions with their names."""
        return self._actions.items()

    def of_group(self, group: Group) -> list[str]:
        """Return the names of the actions of ``group``."""
        return [name for name, entry in self._texts.items() if entry.group is group]

    def hint(self, name: str) -> str:
        """Return what an action does, in a sentence."""
        return self._texts[name].hint

    def reason(self, name: str) -> str:
        """Return why an action cannot be done now, or nothing if that is not known."""
        return self._reasons.get(name, "")

    def allow(self, name: str, reason: str = "") -> None:
        """Offer an action or, with a ``reason`` why it cannot be done now, do not."""
        if self._reasons.get(name) != reason:
            self._reasons[name] = reason
            self._actions[name].setEnabled(not reason)
            self._show_tip(name)

    def _show_tip(self, name: str) -> None:
        action = self._actions[name]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = together(self.hint(name), self.reason(name))
        action.setToolTip(f"{words} ({keys})" if keys else words)

    def connect_to(self, deeds: Mapping[str, Callable[[], object]]) -> None:
        """Let each action named in ``deeds`` do what it says there."""
        for name, deed in deeds.items():
            self._actions[name].triggered.connect(deed)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the text colour of ``theme``."""
        for name, entry in self._texts.items():
            if entry.icon is not None:
                self._actions[name].setIcon(icon(entry.icon, theme.text))

    def _table(self) -> dict[str, ActionText]:
        return {
            "play": ActionText(
                self.tr("Play"),
                self.tr("Train on, at the speed chosen, until the last epoch or until you pause."),
                "play",
                ("Space",),
                group=Group.RUN,
            ),
            "pause": ActionText(
                self.tr("Pause"),
                self.tr("Stop here, so that you can look at the numbers of this moment."),
                "pause",
                group=Group.RUN,
            ),
            "step": ActionText(
                self.tr("Step"),
                self.tr("Compute one more phase, batch or epoch, as chosen beside this button, and stop."),
                "step-forward",
                ("Right",),
                group=Group.RUN,
            ),
            "step_larger": ActionText(
                self.tr("Step further"),
                self.tr("Step by the next larger size: a batch instead of a phase, an epoch instead of a batch."),
                None,
                ("Shift+Right",),
                group=Group.RUN,
            ),
            "back": ActionText(
                self.tr("Step back"),
                self.tr("Show the moment one phase, batch or epoch earlier, as chosen beside this button."),
                "step-back",
                ("Left",),
                group=Group.PAST,
            ),
            "back_larger": ActionText(
                self.tr("Step further back"),
                self.tr("Go back by the next larger size: a batch instead of a phase, an epoch instead of a batch."),
                None,
                ("Shift+Left",),
                group=Group.PAST,
            ),
            "rewind": ActionText(
                self.tr("Play backwards"),
                self.tr("Undo the training before your eyes, at the speed chosen; the run itself is not changed."),
                "rewind",
                ("J",),
                group=Group.PAST,
            ),
            "continue": ActionText(
                self.tr("Continue from here"),
                self.tr("Train on from the moment in the past that is shown, perhaps with another learning rate."),
                "branch",
                ("C",),
                group=Group.PAST,
            ),
            "keep": ActionText(
                self.tr("Keep to compare"),
                self.tr("Keep this run's curves, so that the next run can be compared with it."),
                "keep",
                ("K",),
                group=Group.STUDY,
            ),
            "forget_kept": ActionText(
                self.tr("Forget the runs kept"),
                self.tr("Take the curves of the runs that were kept away again."),
                None,
                ("Shift+K",),
                group=Group.STUDY,
            ),
            "live": ActionText(
                self.tr("Live"),
                self.tr("Come back from the past to the newest moment of the run."),
                "live",
                ("L",),
                group=Group.PAST,
            ),
            "reset": ActionText(
                self.tr("Reset"),
                self.tr("Go back to the start of this run, with the same initial weights."),
                "reset",
                ("R",),
                group=Group.RUN,
            ),
            "random": ActionText(
                self.tr("New random"),
                self.tr("Begin again with other initial weights, drawn from a new seed that the form shows."),
                "random",
                ("N",),
                group=Group.RUN,
            ),
            "faster": ActionText(
                self.tr("Faster"),
                self.tr("Play at the next higher speed."),
                None,
                ("Ctrl+Up",),
                group=Group.RUN,
            ),
            "slower": ActionText(
                self.tr("Slower"),
                self.tr("Play at the next lower speed; at the lowest, one phase a second."),
                None,
                ("Ctrl+Down",),
                group=Group.RUN,
            ),
            "open": ActionText(
                self.tr("Open …"),
                self.tr("Open a run from a file, with its whole past, in the place of the present one."),
                "open",
                ("Ctrl+O",),
                group=Group.FILES,
            ),
            "save": ActionText(
                self.tr("Save"),
                self.tr("Save this run in a file, with every moment of its past, to go on with it another day."),
                "save",
                ("Ctrl+S",),
                group=Group.FILES,
            ),
            "save_as": ActionText(
                self.tr("Save as …"),
                self.tr("Save this run in another file; the first file stays as it is."),
                None,
                ("Ctrl+Shift+S",),
                group=Group.FILES,
            ),
            "save_parameters": ActionText(
                self.tr("Save parameters …"),
                self.tr("Save the weights and biases on the screen, for NumPy or for other libraries."),
                group=Group.FILES,
            ),
            "notes": ActionText(
                self.tr("Notes …"),
                self.tr("Write down what you tried in this run and what you saw; it is saved with the run."),
                None,
                ("Ctrl+I",),
                group=Group.FILES,
            ),
            "export": ActionText(
                self.tr("Export"),
                self.tr(
                    "Save this run as two animations, weights_update.gif and training_loss.gif; "
                    "a right click offers everything else."
                ),
                "export",
                ("Ctrl+E",),
                group=Group.FILES,
            ),
            "export_as": ActionText(
                self.tr("Export as …"),
                self.tr("Choose view, moments, size, format and file of an animation, a picture or a table."),
                "export",
                ("Ctrl+Shift+E",),
                group=Group.FILES,
            ),
            "check_gradients": ActionText(
                self.tr("Check gradients …"),
                self.tr("Compare the gradients of this moment with central differences, and with TensorFlow's."),
                "compare",
                ("G",),
                group=Group.STUDY,
            ),
            "reset_layout": ActionText(
                self.tr("Reset layout"),
                self.tr("Put every panel back to where it was at first."),
                "layout",
                ("Ctrl+Shift+L",),
                group=Group.VIEW,
            ),
            "full_screen": ActionText(
                self.tr("Full screen"),
                self.tr("Use the whole screen, for a projector."),
                None,
                ("F11",),
                group=Group.VIEW,
            ),
            "theme": ActionText(
                self.tr("Switch between light and dark"),
                self.tr("Light is for bright rooms and projectors, dark for the evening."),
                "sun",
                ("Ctrl+T",),
                group=Group.VIEW,
            ),
            "theme_system": ActionText(
                self.tr("As the system"),
                self.tr("Be light or dark as the system is, and follow when it changes."),
                group=Group.VIEW,
            ),
            "theme_light": ActionText(
                self.tr("Light"),
                self.tr("Dark text on light ground, for bright rooms and projectors."),
                group=Group.VIEW,
            ),
            "theme_dark": ActionText(
                self.tr("Dark"),
                self.tr("Light text on dark ground, for the evening."),
                group=Group.VIEW,
            ),
            "text_larger": ActionText(
                self.tr("Larger text"),
                self.tr("Make all text larger, up to twice its ordinary size, for a lecture hall."),
                None,
                ("Ctrl++", "Ctrl+="),
                group=Group.VIEW,
            ),
            "text_smaller": ActionText(
                self.tr("Smaller text"),
                self.tr("Make all text smaller, so that more fits on the screen."),
                None,
                ("Ctrl+-",),
                group=Group.VIEW,
            ),
            "text_normal": ActionText(
                self.tr("Ordinary text"),
                self.tr("Give all text its ordinary size again."),
                None,
                ("Ctrl+0",),
                group=Group.VIEW,
            ),
            "undo": ActionText(
                self.tr("Undo"),
                self.tr("Take back the last change of the settings: lesson, experiment, seed, learning rate, epochs."),
                "undo",
                ("Ctrl+Z",),
                group=Group.SETTINGS,
            ),
            "redo": ActionText(
                self.tr("Redo"),
                self.tr("Make the change of the settings again that was taken back."),
                "redo",
                ("Ctrl+Shift+Z", "Ctrl+Y"),
                group=Group.SETTINGS,
            ),
            "palette": ActionText(
                self.tr("Find anything …"),
                self.tr("Type a part of the name of an action, a lesson, a panel, a speed or a setting."),
                "search",
                ("Ctrl+K",),
            ),
            "keys": ActionText(
                self.tr("Keys"),
                self.tr("Show all actions with their keys."),
                "keys",
                ("?", "F1"),
            ),
            "welcome": ActionText(
                self.tr("Welcome"),
                self.tr("Show the first screen again: what this is, and three ways to begin."),
            ),
            "show_log": ActionText(
                self.tr("Show log file"),
                self.tr("Open the file with warnings and errors; it stays on this computer."),
            ),
            "about": ActionText(
                self.tr("About Backscope"),
                self.tr("Versions, licence, and where data and typeface come from."),
                "info",
            ),
            "quit": ActionText(
                self.tr("Quit"),
                self.tr("Close Backscope."),
                None,
                ("Ctrl+Q",),
            ),
        }
