"""The program's one window, and how it is made anew around the same run when a person chooses another language."""

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.languages import SYSTEM, current, install, language
from app.later import soon
from app.run.training.process import TrainingProcess
from app.settings import Settings
from app.window.main_window import MainWindow

# How often to look whether what a new window must wait for has ended.
_LOOK_AGAIN_MS = 200


class Program(QObject):
    """Owns the window and its language.

    ``replaced`` carries the window that has taken the place of another one, and ``gone`` is sent when nothing is left
    of that one.

    A window reads its texts when it is made, so another language means another window. The controller goes from the
    one to the other: training, threads and history never notice.
    """

    replaced = Signal(object)  # MainWindow
    gone = Signal()

    def __init__(
        self, app: QCoreApplication, settings: Settings | None = None, training: TrainingProcess | None = None
    ) -> None:
        super().__init__(app)
        self._app = app
        self.settings = settings or Settings()
        install(app, language(self.settings.text("language", SYSTEM)))
        self.window = MainWindow(settings=self.settings, training=training)
        self.window.language_chosen.connect(self.choose_language)

    def choose_language(self, choice: str) -> None:
        """Take the language ``choice``, a code or "system", now and at every start."""
        self.settings.set_text("language", choice)
        soon(self, self._follow)  # the menu in which it was chosen must close before its window does

    def _follow(self) -> None:
        code = language(self.settings.text("language", SYSTEM))
        if code == current():
            return
        if self.window.exports.running or self.window.files.flow.busy:
            QTimer.singleShot(_LOOK_AGAIN_MS, self, self._follow)
            return
        before, spoken = self.window, current()
        before.remember()
        before.let_go()
        install(self._app, code)
        try:
            self.window = MainWindow(settings=self.settings, predecessor=before)
        except Exception:
            install(self._app, spoken)
            before.controller.setParent(before)  # a run must never be left without a window
            raise
        self.window.language_chosen.connect(self.choose_language)
        self.window.show()
        before.hide()  # not sooner: a person would see the desktop for as long as a window takes to be made
        self.replaced.emit(self.window)
        before.destroyed.connect(self.gone)
        before.deleteLater()
