"""What a screen reader is told: a name for everything that can be reached, and each picture in words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from app.panels import PANELS
from app.run.pace import FASTEST
from app.settings import Settings
from app.widgets.value_text import with_minus
from app.window.keyboard import tab_stops
from app.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Role = QAccessible.Role
#: What each kind of control is to a screen reader.
ROLES = {
    QSlider: {Role.Slider},
    QComboBox: {Role.ComboBox},
    QLineEdit: {Role.EditableText},
    QAbstractButton: {Role.Button, Role.ButtonMenu, Role.CheckBox, Role.RadioButton},
}
LESSONS = pytest.mark.parametrize("lesson", ["xor", "mnist"])


@pytest.fixture(scope="module")
def windows(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, MainWindow]]:
    """The windows that tests have opened, by lesson."""
    opened: dict[str, MainWindow] = {}
    yield opened
    for window in opened.values():
        window.close()
        window.deleteLater()


@pytest.fixture
def window(
    qtbot: QtBot, windows: dict[str, MainWindow], tmp_path_factory: pytest.TempPathFactory, lesson: str
) -> MainWindow:
    """A window with all panels, paused in the middle of ``lesson``."""
    if lesson not in windows:
        store = QSettings(str(tmp_path_factory.mktemp("settings") / "settings.ini"), QSettings.Format.IniFormat)
        store.setValue("lesson", lesson)
        window = windows[lesson] = MainWindow(Settings(store))
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(1366, 768)
        window.show()
        qtbot.waitUntil(lambda: is_complete(window), timeout=60_000)
        window.controller.set_pace(FASTEST)
        window.controller.play()
        qtbot.waitUntil(lambda: window.controller.reached.snapshot.epochs_done >= 1, timeout=60_000)
        window.controller.pause()
        qtbot.waitUntil(lambda: not window.controller.moment.playing)
    return windows[lesson]


def is_complete(window: MainWindow) -> bool:
    return window.controller.moment is not None and window.complete and window.guide is not None


def told(widget: QWidget, what: QAccessible.Text = QAccessible.Text.Name) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(what)


def described(window: MainWindow, panel: str) -> str:
    return told(window.panels[panel], QAccessible.Text.Description)


def everything(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from everything(child)


@LESSONS
def test_everything_that_can_have_the_focus_has_a_name(window: MainWindow) -> None:
    count, nameless = 0, []
    for interface in everything(QAccessible.queryAccessibleInterface(window)):
        if interface.state().focusable and not interface.state().invisible:
            count += 1
            if not interface.text(QAccessible.Text.Name).strip():
                nameless.append((interface.role(), interface.object()))
    assert count > 40
    assert not nameless


@LESSONS
def test_every_stop_of_tab_has_a_name_and_the_role_of_what_it_is(window: MainWindow) -> None:
    for dock in window.workspace.docks.values():
        if not dock.isHidden():
            dock.raise_()
            QApplication.processEvents()
        for stop in tab_stops(window):
            assert told(stop), stop
            role = QAccessible.queryAccessibleInterface(stop).role()
            assert role not in (Role.NoRole, Role.Window, Role.Pane), stop
            for kind, roles in ROLES.items():
                if isinstance(stop, kind):
                    assert role in roles, stop


@LESSONS
def test_every_control_says_what_it_does(window: MainWindow) -> None:
    silent = [
        control.accessibleName() or control
        for kind in (QAbstractButton, QComboBox, QSlider)
        for control in window.findChildren(kind)
        if control.isVisible() and control.parentWidget().metaObject().className() != "QTabBar"
        if not control.toolTip() and control.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not isinstance(control, QAbstractButton) or not control.isCheckable()
    ]
    assert not silent


@LESSONS
def test_every_panel_has_a_name_and_says_in_words_what_it_shows(window: MainWindow) -> None:
    for name, panel in window.panels.items():
        if PANELS[name].suits(window.controller.run.experiment):
            assert told(panel), name
            assert described(window, name), name
            assert any(character.isdigit() for character in described(window, name)), name


@pytest.mark.parametrize("lesson", ["xor"])
def test_the_words_have_the_figures_of_the_moment(window: MainWindow) -> None:
    moment = window.controller.moment
    assert moment is not None
    losses, weights = moment.history.step_mse, moment.snapshot.parameters
    assert f"{len(losses):,} of 10,000 epochs" in described(window, "loss")
    assert f"{losses[0]:.4g}" in described(window, "loss")
    assert with_minus(f"{weights['W1'].max():.4f}") in described(window, "weights")
    assert with_minus(f"W2[1, 0]: 0.6459 at the start, {weights['W2'][1, 0]:.4f} now") in described(
        window, "trajectories"
    )
    assert "(0, 1) → 1: " in described(window, "samples")
    assert "2 – 2 – 1 units" in described(window, "network")
    assert "hidden: gradient RMS" in described(window, "diagnosis")
    assert "Update" in described(window, "equation")
    assert "gradient" in described(window, "inspector")


@pytest.mark.parametrize("lesson", ["mnist"])
def test_the_words_have_the_accuracy_of_every_digit(window: MainWindow) -> None:
    accuracy = window.controller.moment.history.class_accuracy[-1]
    for digit, share in enumerate(accuracy):
        assert f"{digit}: {100 * share:.1f}\N{NO-BREAK SPACE}%" in described(window, "accuracy")


@pytest.mark.parametrize("lesson", ["xor"])
def test_the_words_follow_the_moment(qtbot: QtBot, window: MainWindow) -> None:
    before = {name: described(window, name) for name in ("network", "weights", "samples")}
    window.controller.seek(0)
    qtbot.waitUntil(lambda: window.controller.moment.position == 0)
    for name, words in before.items():
        assert described(window, name) != words, name
    window.controller.go_live()
    qtbot.waitUntil(lambda: window.controller.live)


@pytest.mark.parametrize("lesson", ["xor"])
def test_what_cannot_be_done_says_why(qtbot: QtBot, window: MainWindow) -> None:
    panels = window.panels
    assert "already shown" in panels["trajectories"].suggest_button.toolTip()
    assert "first step" in window.guide.back.toolTip()
    window.form.field("hidden").setText("")
    window.form._show_sizes()
    window.form._show_errors({})
    assert "no hidden layer" in window.form.field("activation").toolTip()
    window.form.set_experiment(window.controller.run.experiment)
    assert "no hidden layer" not in window.form.field("activation").toolTip()


@pytest.mark.parametrize("lesson", ["mnist"])
def test_the_ends_of_the_pages_of_images_say_so(window: MainWindow) -> None:
    images = window.panels["samples"]
    button = next(button for button in images.controls() if button.accessibleName() == "Previous images")
    assert not button.isEnabled()
    assert button.toolTip() == "There are no images before these."
