"""The whole window in Chinese: nothing that a person reads is left in English."""

import html
import re
from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.languages import install
from app.program import Program
from app.settings import Settings
from app.versions import versions
from app.widgets.typeface import Typeface
from app.window.main_window import MainWindow

#: Names, which are the same in every language: of data, functions, programs, files, keys and units.
NAMES = re.compile(
    "XOR|MNIST|Fashion|Keras|NumPy|TensorFlow|GradientTape|LaTeX|amsmath|Backscope|Viridis|English|Language"
    "|sigmoid|tanh|ReLU|softmax|Xavier|He|SGD|float32|float64|log|std|exp|max|ln"
    "|weights_update.gif|training_loss.gif|pip|install|tensorflow|x_train|x_test"
    "|MIT|Inter|SIL|Open|Font|License|PgUp|PgDown|Yann|LeCun|Corinna|Cortes|Christopher|J.C|Burges|The|Project|Authors|Escape"
    "|GIF|APNG|PNG|SVG|MP4|WebM|WebP|CSV|ZIP|gif|apng|png|svg|mp4|webm|webp|csv|zip|kB|MB|GB|ms|backprop"
    "|Ctrl|Alt|Shift|Up|Down|Left|Right|End|Page|Enter|Esc|Space|Home|Del|Tab|F1|F11"
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z_.0-9]+")
#: Symbols of formulas: dL/dW, W1, b2, dZ, ...
_SYMBOL = re.compile(r"d?[A-Za-z]\d?|1?e\d+|d[LWZAb]\d?")


def english(text: str) -> list[str]:
    """Return the words of ``text`` that are neither Chinese nor names."""
    plain = html.unescape(re.sub(r"<[^<>]*>|/[\w./-]+", " ", text))  # without tags and paths
    return [
        word for word in _WORD.findall(plain) if not NAMES.fullmatch(word.rstrip(".")) and not _SYMBOL.fullmatch(word)
    ]


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Return everything that widgets and actions below ``root`` say, and who says it."""
    for widget in [root, *root.findChildren(QWidget)]:
        who = f"{type(widget).__name__} {widget.objectName()}"
        said = [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()]
        if isinstance(widget, QLabel | QAbstractButton):
            said.append(widget.text())
        if isinstance(widget, QLineEdit):
            said.append(widget.placeholderText())
        if isinstance(widget, QMenu | QGroupBox):
            said.append(widget.title())
        if isinstance(widget, QTabBar):
            said += [widget.tabText(tab) for tab in range(widget.count())]
        if isinstance(widget, QTableWidget):
            heads = [widget.horizontalHeaderItem(column) for column in range(widget.columnCount())]
            said += [text for head in heads if head is not None for text in (head.text(), head.toolTip())]
        if isinstance(widget, QComboBox):
            roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            said += [str(widget.itemData(row, role) or "") for row in range(widget.count()) for role in roles]
        yield from ((who, text) for text in said)
    for action in root.findChildren(QAction):
        if type(action.parent()).__name__ == "GraphicsScene":
            continue  # pyqtgraph's own, in a menu that is never opened
        yield from ((f"QAction {action.objectName()}", text) for text in (action.text(), action.toolTip()))


@pytest.fixture(scope="module")
def program(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    store = QSettings(str(tmp_path_factory.mktemp("settings") / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue("language", "zh_CN")
    program = Program(qapp, Settings(store))
    yield program
    program.window.close()
    program.window.deleteLater()
    program.deleteLater()
    install(qapp, "")


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What panels paint themselves is measured first, so it is collected there."""
    said: set[str] = set()
    measure = Typeface.advance

    def advance(face: Typeface, text: str) -> float:
        said.add(text)
        return measure(face, text)

    monkeypatch.setattr(Typeface, "advance", advance)
    return said


def begin(qtbot: QtBot, window: MainWindow, lesson: str) -> None:
    """Train a lesson for a little while, in a window that is complete."""
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.requests.choose_lesson(lesson)
    controller = window.controller
    qtbot.waitUntil(lambda: window.complete and window.guide is not None, timeout=30_000)
    qtbot.waitUntil(lambda: not controller.busy and controller.run.experiment.dataset == lesson, timeout=30_000)
    controller.set_epochs(300 if lesson == "xor" else 1)
    controller.play()
    qtbot.waitUntil(lambda: controller.moment.finished, timeout=60_000)


def spaced_as_english(said: Iterable[str]) -> list[str]:
    """Return the texts with a space between sentences; one before a key in brackets is in place."""
    return [text for text in said if re.search("。 [^(]", text)]


def left_in_english(said: Iterable[tuple[str, str]]) -> dict[str, tuple[str, list[str]]]:
    """Return the texts that are not Chinese, who says them, and their English words."""
    named = {*versions(), *versions().values()}
    return {text: (who, words) for who, text in said if text not in named and (words := english(text))}


@pytest.mark.parametrize("lesson", ["mnist", "xor"])
def test_no_word_of_the_window_is_left_in_english(
    qtbot: QtBot, program: Program, painted: set[str], lesson: str
) -> None:
    window = program.window
    begin(qtbot, window, lesson)
    for name in window.workspace.docks:
        window.workspace.bring_to_front(name)
        QApplication.processEvents()
        window.grab()
    window.selection.select_unit(1, 0)
    window.workspace.bring_to_front("inspector")
    QApplication.processEvents()
    window.grab()
    assert left_in_english(texts(window)) == {}
    assert left_in_english(("painted", text) for text in painted) == {}
    assert spaced_as_english([*painted, *(text for _, text in texts(window))]) == []
    assert left_in_english((name, panel.summary()) for name, panel in window.panels.items()) == {}


def test_no_word_of_what_stands_beside_the_window_is_left_in_english(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.gradients.job.tensorflow_installed", lambda: False)  # it takes seconds to load
    window = program.window
    begin(qtbot, window, "xor")
    for name in ("keys", "about", "welcome", "check_gradients", "palette", "notes", "export_as"):
        window.commands[name].trigger()
    qtbot.waitUntil(lambda: window.beside.checker.report is not None, timeout=60_000)
    assert left_in_english(texts(window)) == {}
    assert spaced_as_english(text for _, text in texts(window)) == []
