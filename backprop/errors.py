"""Errors a person can read: what happened, why, and what to do, in one sentence.

A message is a template plus its values, so that a program can translate the template first and fill it in afterwards:
``translate(error.template).format(**error.values)``.
"""


class BackpropError(Exception):
    """Base of every error this library raises on purpose; ``str(error)`` is a finished English sentence."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross from process to process, and the subclasses are made from other arguments than their sentence.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[BackpropError], args: tuple[object, ...], attributes: dict[str, object]) -> BackpropError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class ExperimentError(BackpropError, ValueError):
    """A recipe that cannot be run; ``field`` names the field to mend, such as ``"learning_rate"``."""

    def __init__(self, field: str, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.field = field


class DatasetError(BackpropError):
    """A data set that is missing, damaged, or not available in this installation."""


class NotInstalledError(DatasetError):
    """A data set that comes with a package which is not installed; ``values`` has "dataset" and "command"."""


class DivergedError(BackpropError):
    """A run whose loss or parameters stopped being finite; ``step`` counts the updates from 0."""

    def __init__(self, template: str, *, step: int, **values: object) -> None:
        super().__init__(template, step=step, **values)
        self.step = step


class CursorError(BackpropError, IndexError):
    """A moment that this run has not reached, or that does not exist."""


class SessionError(BackpropError):
    """A file that is not a run, is damaged, or was written by another version; or a run that no file can hold."""
