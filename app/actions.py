"""Everything a person can do, once: name, icon, shortcut, and what it means for learning.

Buttons, menus and shortcuts are made from these actions, so none of them can differ from another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.icons import icon
from app.theme import Theme


@dataclass(frozen=True)
class ActionText:
    """An action's translated texts, its icon, and its shortcuts."""

    text: str
    hint: str
    icon: str | None = None
    shortcuts: tuple[str, ...] = ()


class ActionSet(QObject):
    """The actions of one window, by name."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._icons: dict[str, str] = {}
        self._actions: dict[str, QAction] = {}
        for name, entry in self._table().items():
            action = QAction(entry.text, window)
            action.setObjectName(f"action-{name}")
            action.setShortcuts([QKeySequence(key) for key in entry.shortcuts])
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{entry.hint} ({keys})" if keys else entry.hint)
            window.addAction(action)
            self._actions[name] = action
            if entry.icon is not None:
                self._icons[name] = entry.icon

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def connect_to(self, deeds: Mapping[str, Callable[[], object]]) -> None:
        """Let each action named in ``deeds`` do what it says there."""
        for name, deed in deeds.items():
            self._actions[name].triggered.connect(deed)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the text colour of ``theme``."""
        for name, drawing in self._icons.items():
            self._actions[name].setIcon(icon(drawing, theme.text))

    def _table(self) -> dict[str, ActionText]:
        return {
            "play": ActionText(
                self.tr("Play"),
                self.tr("Train on, at the speed chosen, until the last epoch or until you pause."),
                "play",
                ("Space",),
            ),
            "pause": ActionText(
                self.tr("Pause"),
                self.tr("Stop here, so that you can look at the numbers of this moment."),
                "pause",
            ),
            "step": ActionText(
                self.tr("Step"),
                self.tr("Compute one more phase, batch or epoch, as chosen beside this button, and stop."),
                "step-forward",
                ("Right",),
            ),
            "step_larger": ActionText(
                self.tr("Step further"),
                self.tr("Step by the next larger size: a batch instead of a phase, an epoch instead of a batch."),
                None,
                ("Shift+Right",),
            ),
            "back": ActionText(
                self.tr("Step back"),
                self.tr("Show the moment one phase, batch or epoch earlier, as chosen beside this button."),
                "step-back",
                ("Left",),
            ),
            "back_larger": ActionText(
                self.tr("Step further back"),
                self.tr("Go back by the next larger size: a batch instead of a phase, an epoch instead of a batch."),
                None,
                ("Shift+Left",),
            ),
            "rewind": ActionText(
                self.tr("Play backwards"),
                self.tr("Undo the training before your eyes, at the speed chosen; the run itself is not changed."),
                "rewind",
                ("J",),
            ),
            "continue": ActionText(
                self.tr("Continue from here"),
                self.tr("Train on from the moment in the past that is shown, perhaps with another learning rate."),
                "branch",
                ("C",),
            ),
            "keep": ActionText(
                self.tr("Keep to compare"),
                self.tr("Keep this run's curves, so that the next run can be compared with it."),
                "keep",
                ("K",),
            ),
            "forget_kept": ActionText(
                self.tr("Forget the runs kept"),
                self.tr("Take the curves of the runs that were kept away again."),
            ),
            "live": ActionText(
                self.tr("Live"),
                self.tr("Come back from the past to the newest moment of the run."),
                "live",
                ("L",),
            ),
            "reset": ActionText(
                self.tr("Reset"),
                self.tr("Go back to the start of this run, with the same initial weights."),
                "reset",
                ("R",),
            ),
            "random": ActionText(
                self.tr("New random"),
                self.tr("Begin again with other initial weights, drawn from a new seed that the form shows."),
                "random",
                ("N",),
            ),
            "faster": ActionText(
                self.tr("Faster"),
                self.tr("Play at the next higher speed."),
                None,
                ("Ctrl+Up",),
            ),
            "slower": ActionText(
                self.tr("Slower"),
                self.tr("Play at the next lower speed; at the lowest, one phase a second."),
                None,
                ("Ctrl+Down",),
            ),
            "open": ActionText(
                self.tr("Open …"),
                self.tr("Open a run from a file, with its whole past, in the place of the present one."),
                "open",
                ("Ctrl+O",),
            ),
            "save": ActionText(
                self.tr("Save"),
                self.tr("Save this run in a file, with every moment of its past, to go on with it another day."),
                "save",
                ("Ctrl+S",),
            ),
            "save_as": ActionText(
                self.tr("Save as …"),
                self.tr("Save this run in another file; the first file stays as it is."),
                None,
                ("Ctrl+Shift+S",),
            ),
            "save_parameters": ActionText(
                self.tr("Save parameters …"),
                self.tr("Save the weights and biases on the screen, for NumPy or for other libraries."),
            ),
            "notes": ActionText(
                self.tr("Notes …"),
                self.tr("Write down what you tried in this run and what you saw; it is saved with the run."),
                None,
                ("Ctrl+I",),
            ),
            "export": ActionText(
                self.tr("Export"),
                self.tr("Save this run as two animations, weights_update.gif and training_loss.gif."),
                "export",
                ("Ctrl+E",),
            ),
            "check_gradients": ActionText(
                self.tr("Check gradients …"),
                self.tr("Compare the gradients of this moment with central differences, and with TensorFlow's."),
                "check",
                ("G",),
            ),
            "reset_layout": ActionText(
                self.tr("Reset layout"),
                self.tr("Put every panel back to where it was at first."),
                "layout",
            ),
            "full_screen": ActionText(
                self.tr("Full screen"),
                self.tr("Use the whole screen, for a projector."),
                None,
                ("F11",),
            ),
            "theme": ActionText(
                self.tr("Switch between light and dark"),
                self.tr("Light is for bright rooms and projectors, dark for the evening."),
                "sun",
                ("Ctrl+T",),
            ),
            "theme_system": ActionText(
                self.tr("As the system"),
                self.tr("Be light or dark as the system is, and follow when it changes."),
            ),
            "theme_light": ActionText(
                self.tr("Light"),
                self.tr("Dark text on light ground, for bright rooms and projectors."),
            ),
            "theme_dark": ActionText(
                self.tr("Dark"),
                self.tr("Light text on dark ground, for the evening."),
            ),
            "text_larger": ActionText(
                self.tr("Larger text"),
                self.tr("Make all text larger, up to twice its ordinary size, for a lecture hall."),
                None,
                ("Ctrl++", "Ctrl+="),
            ),
            "text_smaller": ActionText(
                self.tr("Smaller text"),
                self.tr("Make all text smaller, so that more fits on the screen."),
                None,
                ("Ctrl+-",),
            ),
            "text_normal": ActionText(
                self.tr("Ordinary text"),
                self.tr("Give all text its ordinary size again."),
                None,
                ("Ctrl+0",),
            ),
            "quit": ActionText(
                self.tr("Quit"),
                self.tr("Close Backscope."),
                None,
                ("Ctrl+Q",),
            ),
        }
