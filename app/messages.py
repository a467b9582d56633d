"""Errors as sentences in the person's language."""

from PySide6.QtCore import QCoreApplication

from app.wording import sentence
from backprop import BackpropError


def explain(error: Exception) -> str:
    """Return one sentence that says what happened, why, and what to do."""
    if isinstance(error, BackpropError):
        return sentence(error)
    return QCoreApplication.translate(
        "Messages",
        "Something went wrong that should not have ({reason}). The run is paused and kept; "
        "the log file has the details.",
    ).format(reason=f"{type(error).__name__}: {error}")
