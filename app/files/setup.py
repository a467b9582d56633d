"""How the main window gets its files: actions, menu, title, notes, drag and drop, and what is kept safe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QMainWindow, QMenu

from app.files.autosave import Autosave
from app.files.document import Document
from app.files.drop import FileDrop
from app.files.flow import FileFlow
from app.files.messages import explain_keeping
from app.files.notes import NotesDialog
from app.files.recovery import Slot, leftovers
from app.run.controller import Controller
from app.settings import Settings
from app.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from app.window.actions import ActionSet


class Files(QObject):
    """Everything about files of one window; with ``before``, those of the window that had the run until now."""

    def __init__(
        self,
        window: QMainWindow,
        controller: Controller,
        commands: ActionSet,
        notice: NoticeBar,
        settings: Settings,
        before: Files | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._notice = notice
        self.document: Document = Document(controller) if before is None else before.document
        self.flow = FileFlow(window, controller, self.document, notice, settings)
        self.autosave: Autosave | None = None
        self.notes: NotesDialog | None = None
        self._left: list[Slot] = []
        self._has_warned = False
        self._controller = controller
        for name, do in {
            "open": self.flow.open,
            "save": self.flow.save,
            "save_as": self.flow.save_as,
            "save_parameters": self.flow.save_parameters,
            "notes": self._show_notes,
        }.items():
            commands[name].triggered.connect(do)
        FileDrop(window).dropped.connect(self.flow.open_path)
        self.document.changed.connect(self._show_title)
        self._show_title()
        if before is not None:
            self._take_over(before)

    def _take_over(self, before: Files) -> None:
        """Keep the run as safe as ``before`` does, and offer what it still offers."""
        self.autosave, self._left, self._has_warned = before.autosave, before._left, before._has_warned
        if self.autosave is not None:
            self.autosave.work_with(self.flow.work, self._idle)
            self._follow(self.autosave)
        self.flow.opened.connect(self._offer)
        self._offer()

    def add_menu(self, menu: QMenu) -> None:
        """Put a menu about files into ``menu``."""
        files = menu.addMenu(self.tr("File"))
        files.setToolTipsVisible(True)
        files.addAction(self._commands["open"])
        self.recent_menu = files.addMenu(self.tr("Open recent"))
        self.recent_menu.setToolTipsVisible(True)
        self.recent_menu.aboutToShow.connect(self._list_recent)
        files.aboutToShow.connect(lambda: self.recent_menu.setEnabled(bool(self.flow.recent.paths())))
        files.addSeparator()
        for name in ("save", "save_as", "save_parameters", "notes"):
            files.addAction(self._commands[name])

    def may_discard(self) -> bool:
        """Ask before a run is lost that took more than a moment to compute; return whether another may begin."""
        return self.flow.may_discard()

    def begin(self, folder: Path, run_file: Path | None = None) -> None:
        """Keep the run safe in ``folder``, offer what a killed program has left there, and open ``run_file``."""
        self.flow.clean_up()
        if run_file is not None:
            self.flow.open_path(run_file)
        self.autosave = Autosave(self.document, folder, self.flow.work, self._idle)
        self._follow(self.autosave)
        self._left = leftovers(folder)
        self._offer()
        self.flow.opened.connect(self._offer)  # again, as the notice bar has told of something else meanwhile

    def _follow(self, autosave: Autosave) -> None:
        autosave.failed.connect(self._warn)
        autosave.kept.connect(self._note_kept)

    def _idle(self) -> bool:
        """Whether neither a run nor a file is on its way."""
        return not self._controller.busy and not self.flow.busy

    def _warn(self, error: Exception) -> None:
        """Say once that the run is not kept safe, until it is again; what waits for an answer is left in its place."""
        if self._has_warned or self._notice.asks or self.autosave is None:
            return
        self._has_warned = True
        sentence = explain_keeping(error, self.autosave.folder)
        self._notice.show_error(sentence, (self.tr("Save as …"), lambda: self._commands["save_as"].trigger()))

    def _note_kept(self) -> None:
        self._has_warned = False

    def keep_safe(self) -> Path | None:
        """Save the run now, because something went wrong; return the file, or None where there is nothing to keep."""
        return self.autosave.save_and_wait() if self.autosave is not None else None

    def stop(self) -> None:
        """End all work on files; what a person wants to have saved is saved first."""
        self.flow.stop()
        if self.autosave is not None:
            self.autosave.stop()
        for slot in self._left:
            slot.leave()
        self._left.clear()

    # --- what a program has left that was killed

    def _offer(self) -> None:
        if not self._left:
            return
        slot = self._left[0]
        time = self._window.locale().toString(slot.time, QLocale.FormatType.ShortFormat)
        self._notice.show_news(
            self.tr("Backscope ended before a run was saved. It was kept safe, as it was on {time}.").format(time=time),
            (self.tr("Open it"), lambda: self._recover(slot)),
            (self.tr("Discard it"), lambda: self._give_up(slot)),
        )

    def _recover(self, slot: Slot) -> None:
        if self.flow.may_discard(opening=True):
            self.flow.read(slot.path, lambda: self._adopt(slot))
        else:
            self._offer()

    def _adopt(self, slot: Slot) -> None:
        self._left.remove(slot)
        if self.autosave is not None:
            self.autosave.adopt(slot)

    def _give_up(self, slot: Slot) -> None:
        self._left.remove(slot)
        slot.discard()
        self._offer()

    # --- what is shown

    def _show_title(self) -> None:
        document = self.document
        if document.path is not None:
            title = f"{document.path.name}[*] – Backscope"
        elif document.modified:
            title = self.tr("Unsaved run[*] – Backscope")
        else:
            title = "Backscope"
        self._window.setWindowTitle(title)
        self._window.setWindowModified(document.modified)
        if self.notes is not None:
            self.notes.show_notes(document.notes)

    def _show_notes(self) -> None:
        if self.notes is None:
            self.notes = NotesDialog(self._window)
            self.notes.edited.connect(self._take_notes)
            for name in ("save", "save_as"):
                self.notes.addAction(self._commands[name])
        self.notes.show_notes(self.document.notes)
        self.notes.present()

    def _take_notes(self, notes: str) -> None:
        self.document.notes = notes

    def _list_recent(self) -> None:
        self.recent_menu.clear()
        for number, path in enumerate(self.flow.recent.paths(), 1):
            action = self.recent_menu.addAction(f"&{number}  {path.name.replace('&', '&&')}")
            action.setToolTip(str(path))
            action.triggered.connect(lambda _, path=path: self.flow.open_path(path))
        self.recent_menu.addSeparator()
        clear = self.recent_menu.addAction(self.tr("Clear this list"))
        clear.setToolTip(self.tr("Forget these files; the files themselves stay where they are."))
        clear.triggered.connect(self.flow.recent.clear)
