"""Light or dark as the system is or a person wants, and text of any size, switched while the window is open."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.look.appearance import TEXT_SIZES, Appearance, Colours
from app.look.fonts import BODY_PIXELS
from app.look.style import install
from app.look.theme import DARK, LIGHT
from app.settings import Settings
from app.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication) -> Iterator[None]:
    yield
    install(qapp, LIGHT)


def system_turns(qapp: QApplication, scheme: Qt.ColorScheme) -> None:
    """Let the platform say that it is light or dark now."""
    qapp.styleHints().colorSchemeChanged.emit(scheme)


def test_at_first_the_program_is_as_the_system(qapp: QApplication, settings: QSettings) -> None:
    appearance = Appearance(qapp, Settings(settings))
    assert appearance.colours is Colours.SYSTEM
    system_turns(qapp, Qt.ColorScheme.Dark)
    assert appearance.theme is DARK
    system_turns(qapp, Qt.ColorScheme.Light)
    assert appearance.theme is LIGHT
    system_turns(qapp, Qt.ColorScheme.Unknown)  # a platform that does not say
    assert appearance.theme is LIGHT


def test_what_a_person_has_chosen_holds_whatever_the_system_does(qapp: QApplication, settings: QSettings) -> None:
    appearance = Appearance(qapp, Settings(settings))
    appearance.choose(Colours.LIGHT)
    system_turns(qapp, Qt.ColorScheme.Dark)
    assert appearance.theme is LIGHT
    assert Appearance(qapp, Settings(settings)).colours is Colours.LIGHT


def test_toggling_chooses_the_other_colours(qapp: QApplication, settings: QSettings) -> None:
    appearance = Appearance(qapp, Settings(settings))
    appearance.toggle()
    assert appearance.theme is DARK
    assert appearance.colours is Colours.DARK
    appearance.toggle()
    assert appearance.theme is LIGHT


@pytest.mark.parametrize("kept", ["", "purple", "-100", "1e2", "120"])
def test_what_cannot_be_read_is_as_good_as_nothing(qapp: QApplication, settings: QSettings, kept: str) -> None:
    settings.setValue("theme", kept)
    settings.setValue("text_size", kept)
    appearance = Appearance(qapp, Settings(settings))
    assert (appearance.colours, appearance.text_size) == (Colours.SYSTEM, 100)


def test_the_size_of_text_is_kept_and_ends_at_both_ends(qapp: QApplication, settings: QSettings) -> None:
    appearance = Appearance(qapp, Settings(settings))
    for _ in range(10):
        appearance.change_text_size(+1)
    assert appearance.text_size == TEXT_SIZES[-1] == 200
    assert qapp.font().pixelSize() == 2 * BODY_PIXELS
    for _ in range(10):
        appearance.change_text_size(-1)
    assert Appearance(qapp, Settings(settings)).text_size == TEXT_SIZES[0] == 80
    appearance.reset_text_size()
    assert qapp.font().pixelSize() == BODY_PIXELS


def test_there_are_only_so_many_sizes(qapp: QApplication, settings: QSettings) -> None:
    with pytest.raises(ValueError, match="120"):
        Appearance(qapp, Settings(settings)).set_text_size(120)


@pytest.fixture(scope="module")
def opened(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    store = QSettings(str(tmp_path_factory.mktemp("settings") / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Settings(store))
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, opened: MainWindow) -> MainWindow:
    qtbot.waitUntil(lambda: opened.controller.moment is not None and opened.complete, timeout=30_000)
    opened.appearance.choose(Colours.SYSTEM)
    opened.appearance.reset_text_size()
    return opened


def test_keys_and_menu_change_the_look_of_the_open_window(qtbot: QtBot, window: MainWindow) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_T, control)
    assert window.theme is DARK
    assert window.commands["theme_dark"].isChecked()
    window.commands["theme_light"].trigger()
    assert window.theme is LIGHT
    assert not window.commands["theme_dark"].isChecked()
    qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    assert window.appearance.text_size == 110
    qtbot.keyClick(window, Qt.Key.Key_Minus, control)
    qtbot.keyClick(window, Qt.Key.Key_Minus, control)
    assert window.appearance.text_size == 90
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    assert window.appearance.text_size == 100


def test_docks_stand_where_they_stood_in_other_colours(window: MainWindow) -> None:
    window.resize(1366, 768)
    docks = window.workspace.docks.values()

    def places() -> list[QRect]:
        return [dock.geometry() for dock in docks if not dock.visibleRegion().isEmpty()]

    for _ in range(5):
        QApplication.processEvents()
    before = places()
    for _ in range(3):
        window.appearance.toggle()
        QApplication.processEvents()
        assert places() == before


def test_charts_bar_and_panels_take_the_colours_at_once(qapp: QApplication, window: MainWindow) -> None:
    for scheme, theme in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        system_turns(qapp, scheme)
        for name, panel in window.panels.items():
            if panel.isVisible():
                image = window.workspace.docks[name].grab().toImage()
                corner = QColor(image.pixel(image.width() - 8, image.height() // 2))
                assert corner.name().upper() == theme.card, name
