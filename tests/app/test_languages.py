"""Which language a person gets, and that Qt's own words are in it, too."""

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.languages import current, install, language


@pytest.mark.parametrize(
    ("system", "code"),
    [("zh_CN", "zh_CN"), ("zh_SG", "zh_CN"), ("zh_TW", "en"), ("en_GB", "en"), ("de_DE", "en"), ("C", "en")],
)
def test_the_language_is_that_of_the_system_if_it_is_there(system: str, code: str) -> None:
    assert language("system", QLocale(system)) == code


@pytest.mark.parametrize(("choice", "code"), [("zh_CN", "zh_CN"), ("en", "en"), ("klingon", "en")])
def test_a_choice_wins_over_the_system(choice: str, code: str) -> None:
    assert language(choice, QLocale("de_DE")) == code


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
