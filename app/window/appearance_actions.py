"""The actions for colours and size of text: what they do, and which of them holds."""

from PySide6.QtGui import QActionGroup

from app.look.appearance import TEXT_SIZES, Appearance, Colours
from app.window.actions import ActionSet

_COLOURS = {"theme_system": Colours.SYSTEM, "theme_light": Colours.LIGHT, "theme_dark": Colours.DARK}


def join(commands: ActionSet, appearance: Appearance) -> None:
    """Let ``commands`` change the ``appearance``, and show how it is."""
    commands["theme"].triggered.connect(appearance.toggle)
    commands["text_larger"].triggered.connect(lambda: appearance.change_text_size(+1))
    commands["text_smaller"].triggered.connect(lambda: appearance.change_text_size(-1))
    commands["text_normal"].triggered.connect(appearance.reset_text_size)
    group = QActionGroup(commands)
    for name, colours in _COLOURS.items():
        commands[name].setCheckable(True)
        commands[name].setActionGroup(group)
        commands[name].triggered.connect(lambda _, chosen=colours: appearance.choose(chosen))

    def show_colours() -> None:
        for name, colours in _COLOURS.items():
            commands[name].setChecked(colours is appearance.colours)

    def show_text_size() -> None:
        commands["text_larger"].setEnabled(appearance.text_size < TEXT_SIZES[-1])
        commands["text_smaller"].setEnabled(appearance.text_size > TEXT_SIZES[0])

    appearance.choice_changed.connect(show_colours)
    appearance.text_size_changed.connect(show_text_size)
    show_colours()
    show_text_size()
