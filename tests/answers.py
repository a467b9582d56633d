"""A person who answers the questions of the program."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QMessageBox


def answer(monkeypatch: pytest.MonkeyPatch, label: str | None = None, *, accept: bool = True) -> list[str]:
    """Answer every question of the program, and return the list that collects what it asked.

    The answer is the button ``label``; without one, the button that accepts what is asked, or else the one of Escape.
    """
    asked: list[str] = []

    def is_meant(button: QAbstractButton, box: QMessageBox) -> bool:
        return button.text() == label if label is not None else (button is not box.escapeButton()) == accept

    def exec_(box: QMessageBox) -> int:
        asked.append(box.text())
        button = next(button for button in box.buttons() if is_meant(button, box))
        monkeypatch.setattr(QMessageBox, "clickedButton", lambda _box: button)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    return asked
