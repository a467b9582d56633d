"""SideWindows: what stands beside or over the main window, each part made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QWidget

from app.log_file import log_path

if TYPE_CHECKING:  # the window composes these
    from app.export_dialog.dialog import ExportDialog
    from app.gradients.dialog import GradientCheckDialog
    from app.look.theme import Theme
    from app.palette.palette import Palette
    from app.window.main_window import MainWindow
    from app.window.welcome import WelcomeCard

_WELCOMED = "welcomed"


class SideWindows(QObject):
    """Opens them; none of them blocks anything."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.checker: GradientCheckDialog | None = None
        self.exporter: ExportDialog | None = None
        self.palette: Palette | None = None
        self.welcome: WelcomeCard | None = None
        self.keys: QDialog | None = None
        self.about: QDialog | None = None
        # Whoever begins by some other way has found it.
        window.controller.playing_changed.connect(self._put_welcome_away)
        window.controller.opened.connect(self._put_welcome_away)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        for part in (self.checker, self.exporter, self.palette, self.welcome):
            if part is not None:
                part.set_theme(theme)

    def stop(self) -> None:
        """End what still computes."""
        if self.checker is not None:
            self.checker.stop()
        if self.exporter is not None:
            self.exporter.stop()

    def check_gradients(self) -> None:
        """Check the gradients of the moment on the screen."""
        moment = self._window.controller.moment
        if moment is None:
            return
        if self.checker is None:
            from app.gradients.dialog import GradientCheckDialog

            self.checker = GradientCheckDialog(self._window.theme, self._window)
            self.checker.finished.connect(lambda: self._let_go_of("checker"))
        self.checker.check(moment.snapshot)

    def export_as(self) -> None:
        """Let a person choose what to export; what is chosen stays while the window is closed."""
        if self.exporter is None:
            from app.export_dialog.dialog import ExportDialog

            window = self._window
            self.exporter = ExportDialog(
                window.controller, window.exports, window.settings, window.workspace.titles, window
            )
        self.exporter.open_for(self._window.theme)

    def show_palette(self) -> None:
        """Let a person find anything by its name, or close the palette again."""
        if self.palette is None:
            from app.palette.palette import Palette
            from app.palette.sources import answers, entries

            window = self._window
            self.palette = Palette(
                window, window.settings, lambda: entries(window), lambda typed: answers(window, typed)
            )
            self.palette.set_theme(window.theme)
        if self.palette.isVisible():
            self.palette.close_up()
        else:
            self.palette.open()

    def show_keys(self) -> None:
        """Show all actions with their keys as they are called now, or close the sheet again."""
        if self.keys is not None:
            self.keys.close()
            return
        from app.window.key_sheet import KeySheet

        self.keys = KeySheet(self._window.commands, self._window)
        self.keys.finished.connect(lambda: self._let_go_of("keys"))
        _bring_up(self.keys)

    def show_about(self) -> None:
        """Show versions, licence and origins."""
        if self.about is None:
            from app.window.about import AboutDialog

            self.about = AboutDialog(self._window)
            self.about.finished.connect(lambda: self._let_go_of("about"))
        _bring_up(self.about)

    def show_log(self) -> None:
        """Open the log file or, where nothing was ever written, say so."""
        if log_path().exists():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_path())))
        else:
            self._window.notice.show_news(self.tr("There is no log file yet: nothing has gone wrong so far."))

    def show_welcome(self) -> None:
        """Show the first screen."""
        if self.welcome is None:
            self.welcome = self._make_welcome()
        self.welcome.open()

    def welcome_once(self) -> None:
        """Show the first screen if it has never been shown, and nothing else is to be seen or answered first."""
        settings = self._window.settings
        if not settings.text(_WELCOMED, "") and not self._window.notice.asks:
            settings.set_text(_WELCOMED, "yes")
            self.show_welcome()

    def _make_welcome(self) -> WelcomeCard:
        from app.window.welcome import WelcomeCard

        window = self._window
        card = WelcomeCard(window)
        card.set_theme(window.theme)
        card.closed.connect(lambda: self._let_go_of("welcome"))
        card.xor_chosen.connect(self._watch_xor)
        card.mnist_chosen.connect(lambda: window.bar.choose_lesson("mnist"))
        card.guide_chosen.connect(lambda: window.workspace.bring_to_front("guide"))
        return card

    def _let_go_of(self, name: str) -> None:
        """Forget a part that was closed: while it lives, every change of the look and of the text costs time for it."""
        part: QWidget | None = getattr(self, name)
        setattr(self, name, None)
        if part is not None:
            part.deleteLater()

    def _put_welcome_away(self, begun: bool = True) -> None:
        if begun and self.welcome is not None:
            self.welcome.close()

    def _watch_xor(self) -> None:
        run = self._window.controller.run
        if run is None or run.experiment.dataset != "xor":
            self._window.bar.choose_lesson("xor")
        self._window.controller.play()


def _bring_up(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
