"""A monkey at the window: random keys, clicks, drags, resizes, docks, lessons, seeks, exports and saves.

    python tests/robustness/monkey.py [--actions N] [--seed N] [--rest-every N]

Ends with code 1 where an exception or a warning came up, or something was left behind. Memory is compared between
visits to the same quiet place (XOR, paused, nothing kept), and every time that the window's thread was busy for more
than 100 ms is listed with what was done just before.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from opened import (
    LONGEST_FRAME,
    Watch,
    collect,
    dispose,
    living,
    megabytes_in_use,
    open_window,
    program,
    resident_megabytes,
    wait_for,
)
from PySide6.QtCore import QEventLoop, QObject, QPoint, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from app.run.pace import PACES
from app.window.main_window import MainWindow
from backprop import LESSONS

#: What a key press may be; the more often it stands here, the more often it comes.
KEYS = (
    *("Space", "Right", "Left", "Shift+Right", "Shift+Left", "J", "L", "R", "Tab", "Shift+Tab") * 4,
    *("Up", "Down", "Home", "End", "PgUp", "PgDown", "Return", "Escape", "Backspace", "Delete") * 2,
    *("C", "K", "N", "Ctrl+Up", "Ctrl+Down", "Ctrl+T", "F11", "Alt+Right", "Alt+Left", "?", "Ctrl+K", "Ctrl+Z"),
    *("Ctrl+Shift+Z", "Ctrl++", "Ctrl+-", "Ctrl+0", "G", "Ctrl+E", "Ctrl+S", "Ctrl+O", "0", "1", "5", "9", "."),
)
SIZES = ((1366, 768), (1920, 1080), (1024, 640), (1500, 900), (1280, 720))
#: Megabytes that one visit to the quiet place may lie above another: docks and settings stand otherwise each time.
ROOM = 30.0


class Monkey:
    """Does one random thing after another to ``window``; the same seed does the same things."""

    def __init__(self, window: MainWindow, seed: int, folder: Path, watch: Watch) -> None:
        self.window = window
        self.watch = watch
        self.folder = folder
        self._chance = random.Random(seed)
        self._deeds: dict[Callable[[], str], int] = {
            self._press_key: 40,
            self._click: 30,
            self._drag_timeline: 8,
            self._wheel: 4,
            self._type_into_form: 3,
            self._resize: 2,
            self._move_dock: 3,
            self._choose_lesson: 2,
            self._change_pace: 2,
            self._seek: 4,
            self._trigger: 4,
        }
        self.done: Counter[str] = Counter()
        # Questions and menus run event loops of their own: somebody must answer them from within.
        self._visitor = QTimer(window, interval=15)
        self._visitor.timeout.connect(self._answer)
        self._visitor.start()
        window.commands["quit"].setEnabled(False)

    def act(self) -> None:
        """Do one thing, and let the window live for a few milliseconds."""
        deed = self._chance.choices(list(self._deeds), list(self._deeds.values()))[0]
        name = deed.__name__.strip("_")
        self.done[name] += 1
        self.watch.doing = name
        self.watch.doing = deed()
        live(self._chance.choice((0, 0, 1, 5, 20, 60)))

    def stop(self) -> None:
        """Do nothing any more."""
        self._visitor.stop()

    # --- what it does; each returns what it was

    def _press_key(self) -> str:
        key = self._chance.choice(KEYS)
        target = QApplication.focusWidget() or self.window
        QTest.keySequence(target, key)
        return f"key {key} in {_name(target)}"

    def _click(self) -> str:
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isEnabled()]
        top = self._chance.choice([self.window, *windows])
        place = QPoint(self._chance.randrange(max(1, top.width())), self._chance.randrange(max(1, top.height())))
        if self._chance.random() < 0.5:  # a button rather than any place
            buttons = [b for b in top.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
            if buttons:
                button = self._chance.choice(buttons)
                place = button.mapTo(top, button.rect().center())
        target = top.childAt(place) or top
        if _ends_the_program(target):
            return "nothing"
        button = self._chance.choice((*(Qt.MouseButton.LeftButton,) * 5, Qt.MouseButton.RightButton))
        click = QTest.mouseDClick if self._chance.random() < 0.1 else QTest.mouseClick
        name = f"click on {_name(target)}"
        QTest.mouseMove(target, target.mapFrom(top, place))
        click(target, button, Qt.KeyboardModifier.NoModifier, target.mapFrom(top, place))
        return name

    def _drag_timeline(self) -> str:
        bar = self.window.timeline
        y = bar.height() * 2 // 3
        start, end = (QPoint(self._chance.randrange(max(1, bar.width())), y) for _ in range(2))
        QTest.mousePress(bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for share in (0.3, 0.6, 1.0):
            QTest.mouseMove(bar, start + (end - start) * share)
            live(2)
        QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
        return "drag of the timeline"

    def _wheel(self) -> str:
        top = self.window
        place = QPoint(self._chance.randrange(max(1, top.width())), self._chance.randrange(max(1, top.height())))
        target = top.childAt(place) or top
        turn = QPoint(0, self._chance.choice((-120, 120)))
        event = QWheelEvent(
            QPointF(target.mapFrom(top, place)),
            QPointF(top.mapToGlobal(place)),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(target, event)
        return f"wheel over {_name(target)}"

    def _type_into_form(self) -> str:
        form = self.window.form
        fields = [w for w in form.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        if not fields:
            return "nothing"
        field = self._chance.choice(fields)
        field.setFocus()
        text = self._chance.choice(("0.1", "5", "", "-3", "abc", "1e9", "3", "0.7", "64", "x" * 200))
        QTest.keySequence(field, "Ctrl+A") if not isinstance(field, QComboBox) else None
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        return f"{text!r} into {_name(field)}"

    def _resize(self) -> str:
        size = self._chance.choice(SIZES)
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(*size)
        return f"size {size}"

    def _move_dock(self) -> str:
        workspace = self.window.workspace
        name, dock = self._chance.choice(sorted(workspace.docks.items()))
        what = self._chance.choice(("float", "close", "show", "left", "right", "below", "tab", "reset"))
        if what == "float":
            dock.setFloating(not dock.isFloating())
        elif what in ("close", "show"):
            dock.setVisible(what == "show")
        elif what == "tab":
            others = [d for d in workspace.docks.values() if d is not dock and d.isVisible() and not d.isFloating()]
            if others:
                workspace.tabifyDockWidget(self._chance.choice(others), dock)
        elif what == "reset":
            workspace.reset_layout()
        else:
            areas = {
                "left": Qt.DockWidgetArea.LeftDockWidgetArea,
                "right": Qt.DockWidgetArea.RightDockWidgetArea,
                "below": Qt.DockWidgetArea.BottomDockWidgetArea,
            }
            workspace.addDockWidget(areas[what], dock)
        return f"dock {name}: {what}"

    def _choose_lesson(self) -> str:
        lesson = self._chance.choice(list(LESSONS))
        self.window.bar.lesson_chosen.emit(lesson)
        return f"lesson {lesson}"

    def _change_pace(self) -> str:
        pace = self._chance.choice(PACES)
        self.window.bar.pace_chosen.emit(pace)
        return f"pace {pace}"

    def _seek(self) -> str:
        reached = self.window.controller.reached
        if reached is not None:
            self.window.controller.seek(self._chance.randrange(reached.position + 1))
        return "seek"

    def _trigger(self) -> str:
        actions = [action for action in self.window.actions() if action.isEnabled()]
        action = self._chance.choice(actions)
        action.trigger()
        return action.objectName()

    # --- questions and menus

    def _answer(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            key = self._chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape))
            _soon(popup, lambda: QTest.keyClick(popup, key))
        elif isinstance(modal, QFileDialog):
            _soon(modal, lambda: self._choose_file(modal))
        elif modal is not None:
            buttons = [b for b in modal.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
            if buttons and self._chance.random() < 0.8:
                button = self._chance.choice(buttons)
                if not _ends_the_program(button):
                    _soon(button, button.click)
            elif isinstance(modal, QDialog):
                _soon(modal, modal.reject)

    def _choose_file(self, dialog: QFileDialog) -> None:
        """Take the name that is offered, or another, or none; its buttons would make folders anywhere."""
        if self._chance.random() < 0.3:
            dialog.reject()
            return
        name = Path(dialog.selectedFiles()[0]).name if self._chance.random() < 0.5 else "monkey.v2"
        dialog.setDirectory(str(self.folder))
        dialog.selectFile(name)
        dialog.accept()


class Elsewhere(QObject):
    """Takes the links and folders that the program would open in another one."""

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Take note of nothing."""


def _soon(widget: QWidget, deed: Callable[[], object]) -> None:
    """Do ``deed`` to ``widget`` soon: a timer whose slot opened the next question would not fire while that is open."""
    QTimer.singleShot(0, lambda: deed() if isValid(widget) else None)


def _ends_the_program(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and widget.text().strip("&") == "Quit"


def _name(widget: QWidget) -> str:
    name = widget.objectName() or widget.accessibleName()
    return f"{type(widget).__name__} {name}".strip()


def live(milliseconds: int) -> None:
    """Let the program live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def answer_file_dialogs(folder: Path) -> None:
    """Let every question for a file or folder be answered with one in ``folder``, as a person would."""
    file = str(folder / "monkey.backprop")
    answers = {
        "getExistingDirectory": lambda *_, **__: str(folder),
        "getSaveFileName": lambda *_, **__: (file, ""),
        "getOpenFileName": lambda *_, **__: (file if Path(file).exists() else "", ""),
    }
    for name, answer in answers.items():
        setattr(QFileDialog, name, staticmethod(answer))


def go_home(window: MainWindow) -> None:
    """Bring the window to the quiet place: XOR at its start, nothing kept, nothing under way."""
    window.exports.cancel()
    window.controller.pause()
    window.controller.forget_kept()
    for top in QApplication.topLevelWidgets():
        if top is not window and top.isVisible() and isinstance(top, QDialog):
            top.close()
    # Of the data that a person may go back to, these two are kept: no larger ones, such as MNIST in float64.
    for lesson in LESSONS.values():
        window.controller.datasets.get(lesson.experiment.dataset, lesson.experiment.dtype)
    run = window.controller.run
    window.requests.choose_lesson("xor")
    wait_for(lambda: window.controller.run is not run and not window.controller.busy)
    wait_for(lambda: not window.exports.running)
    live(300)
    collect()


def visit_mnist(window: MainWindow) -> None:
    """Train MNIST for a moment."""
    window.requests.choose_lesson("mnist")
    wait_for(lambda: window.controller.run is not None and window.controller.run.dataset.name == "mnist")
    window.controller.play()
    live(1000)


def main() -> int:
    """Let the monkey loose; return 0 where nothing went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--actions", type=int, default=10_000, help="how many things it does (default 10,000)")
    parser.add_argument("--seed", type=int, default=0, help="which things (default 0)")
    parser.add_argument("--rest-every", type=int, default=500, help="how often memory is looked at (default 500)")
    options = parser.parse_args()
    with program() as (_, folder), tempfile.TemporaryDirectory() as exports:
        answer_file_dialogs(Path(exports))
        elsewhere = Elsewhere()
        for scheme in ("file", "https", "http"):
            QDesktopServices.setUrlHandler(scheme, elsewhere, "open")
        watch = Watch()
        before = living()
        window = open_window(folder)
        window.settings.set_text("export_folder", exports)
        visit_mnist(window)  # whose data stay in memory from here on
        monkey = Monkey(window, options.seed, Path(exports), watch)
        watch.begin()
        memory: list[float] = []
        for number in range(options.actions):
            monkey.act()
            if (number + 1) % options.rest_every == 0:
                watch.doing = "going home"
                go_home(window)
                memory.append(megabytes_in_use())
                in_all = f"{memory[-1]:.0f} MB in use, {resident_megabytes():.0f} resident"
                print(f"{number + 1:6,} actions, {in_all}, {len(watch.faults)} faults", flush=True)
        monkey.stop()
        watch.doing = "closing"
        dispose(window)
        del window, monkey.window
        collect()
        watch.end()
        left = {what: count for what, count in (living() - before).items() if what in ("threads", "widgets")}
    return report(watch, monkey.done, memory, left)


def report(watch: Watch, done: Counter[str], memory: list[float], left: dict[str, int]) -> int:
    """Print what happened; return the exit code."""
    print("done:", ", ".join(f"{name} {count}" for name, count in done.most_common()))
    print(f"the window's thread was busy for more than {LONGEST_FRAME * 1000:.0f} ms {len(watch.held)} times")
    for seconds, doing in sorted(watch.held, reverse=True)[:20]:
        print(f"  {seconds * 1000:5.0f} ms after {doing}")
    half = len(memory) // 2
    growth = max(memory[half:]) - max(memory[:half]) if half else 0.0
    print(f"memory in use at rest: {', '.join(f'{m:.0f}' for m in memory)} MB; grown by {growth:.0f} MB")
    if left:
        names = Counter(_name(widget) for widget in QApplication.allWidgets())
        print("LEFT BEHIND", left, dict(names) if "widgets" in left else "")
    return int(bool(watch.faults or left or growth > ROOM))


if __name__ == "__main__":
    sys.exit(main())
