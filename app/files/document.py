"""The window's run as a document: its file, its notes, and whether there is more in it than in the file."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.run.controller import Controller
from app.run.moment import Moment, RunStarted
from backprop.session import View


@dataclass(frozen=True)
class Mark:
    """What there is to save; two equal ones would make the same file."""

    run: int
    epoch: int
    position: int
    epochs: int
    learning_rate: float
    notes: str


class Document(QObject):
    """Follows the run of ``controller``; ``changed`` tells that something of it is another than before."""

    changed = Signal()

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self.path: Path | None = None
        self._notes = ""
        self._saved: Mark | None = None
        self._seen: tuple[Path | None, Mark | None, Mark | None] = (None, None, None)
        controller.run_started.connect(self._begin)
        controller.reached_changed.connect(self._look)

    @property
    def notes(self) -> str:
        """What the person has written about this run."""
        return self._notes

    @notes.setter
    def notes(self, notes: str) -> None:
        self._notes = notes
        self._look()

    @property
    def mark(self) -> Mark | None:
        """What there is to save now; None before the first run."""
        reached = self._controller.reached
        return None if reached is None else self.mark_of(reached)

    def mark_of(self, moment: Moment) -> Mark:
        """Return what there was to save at ``moment``, with the notes of now."""
        epoch = moment.snapshot.cursor.epoch
        return Mark(moment.run, epoch, moment.position, moment.epochs, moment.next_learning_rate, self._notes)

    @property
    def modified(self) -> bool:
        """Whether anything would be lost without the next save."""
        mark = self.mark
        if mark is None or mark == self._saved:
            return False
        return self.path is not None or mark.position > 0 or bool(mark.notes)

    @property
    def took_long(self) -> bool:
        """Whether what would be lost took more than a moment to compute."""
        reached = self._controller.reached
        return self.modified and reached is not None and reached.snapshot.epochs_done > 0

    def view(self) -> View:
        """Return what the window shows, as far as another window can show it, too."""
        controller = self._controller
        shown = controller.moment
        return {
            "shown": None if controller.live or shown is None else shown.position,
            "pace_unit": controller.pace.unit.value,
            "pace_per_second": controller.pace.per_second,
        }

    def note_saved(self, path: Path, mark: Mark) -> None:
        """Take note that ``mark`` is in the file at ``path`` now, unless another run has begun since."""
        if self.mark is not None and self.mark.run == mark.run:
            self.path, self._saved = path, mark
            self._look()

    def note_opened(self, path: Path) -> None:
        """Take note that the run comes from the file at ``path``."""
        self.path, self._saved = path, self.mark
        self._look()

    def _begin(self, run: RunStarted) -> None:
        self.path, self._notes, self._saved = None, "", None

    def _look(self, *_: object) -> None:
        seen = (self.path, self.mark, self._saved)
        if seen != self._seen:
            self._seen = seen
            self.changed.emit()
