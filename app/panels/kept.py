"""How the runs that were kept are told apart, wherever they are drawn beside the run at hand."""

from PySide6.QtCore import QCoreApplication

from app.look.colours import softened
from app.look.theme import Theme
from app.run.moment import KeptRun

_DASHES = (7.0, 4.0, 2.0)


def kept_name(run: KeptRun) -> str:
    """Return what a kept run is called."""
    return QCoreApplication.translate("Kept", "run {number}, kept").format(number=run.number)


def kept_label(run: KeptRun) -> str:
    """Return its short name, for the end of a curve."""
    return QCoreApplication.translate("Kept", "run {number}").format(number=run.number)


def kept_dash(run: KeptRun) -> float:
    """Return how long the dashes of its curves are, in pixels: no two of the runs kept at a time are alike."""
    return _DASHES[(run.number - 1) % len(_DASHES)]


def kept_colour(run: KeptRun, theme: Theme) -> str:
    """Return the colour of its curves, softer than those of the run at hand."""
    return softened(theme.series[(run.number + 1) % len(theme.series)], theme.card)
