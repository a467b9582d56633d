"""Which language a person gets, and that Qt's own words are in it, too."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.languages import current, install, language


def test_the_language_is_that_of_the_system_if_it_is_there() -> None:
    systems = {"zh_CN": "zh_CN", "zh_SG": "zh_CN", "zh_TW": "en", "en_GB": "en", "de_DE": "en", "C": "en"}
    assert {system: language("system", QLocale(system)) for system in systems} == systems


def test_a_choice_wins_over_the_system() -> None:
    choices = {"zh_CN": "zh_CN", "en": "en", "klingon": "en"}
    assert {choice: language(choice, QLocale("de_DE")) for choice in choices} == choices


def test_the_buttons_of_qt_itself_speak_chinese(qtbot: QtBot, qapp: QApplication) -> None:
    install(qapp, "zh_CN")
    try:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
        qtbot.addWidget(box)
        assert current() == "zh_CN"
        assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()
        assert "保存" in box.button(QDialogButtonBox.StandardButton.Save).text()
    finally:
        install(qapp, "en")
    assert current() == "en"
