"""What is done soon is done once, and keeps nothing alive."""

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from app.later import soon


class Doer(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.done = 0

    def do(self) -> None:
        self.done += 1


def test_it_is_done_after_what_is_under_way_and_once(qtbot: QtBot) -> None:
    doer = Doer()
    soon(doer, doer.do)
    assert doer.done == 0
    qtbot.waitUntil(lambda: doer.done == 1)
    qtbot.waitUntil(lambda: not doer.findChildren(QTimer))
    assert doer.done == 1


def test_nothing_is_done_for_an_owner_that_is_gone_and_nothing_of_it_stays(qtbot: QtBot) -> None:
    others: list[str] = []
    doer = Doer()
    doer.setProperty("name", "gone")
    soon(doer, doer.do)
    soon(doer, lambda doer=doer: others.append(doer.property("name")))
    gone = weakref.ref(doer)
    doer.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del doer
    gc.collect()
    assert gone() is None
    QCoreApplication.processEvents()
    assert not others
