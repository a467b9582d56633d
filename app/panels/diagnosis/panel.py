"""DiagnosisPanel: why a run does not learn, in words, with evidence and cures as buttons; below, the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app import wording
from app.look.fonts import scaled
from app.look.theme import Theme
from app.panels.base import Panel
from app.panels.diagnosis.finding_card import CardFonts, FindingCard
from app.panels.diagnosis.marks import EARLY, WELL
from app.panels.diagnosis.names import Names
from app.panels.diagnosis.offers import Offer, cure_offer, evidence_offer
from app.panels.diagnosis.signs_table import SignsTable
from app.panels.diagnosis.table_layout import TableFonts
from app.panels.diagnosis.words import tell, tell_health
from backprop import Dataset, Experiment, HistoryView, Snapshot
from backprop.diagnosis.rules import Cure, Diagnosis, Evidence, Finding, diagnose

_GAP = 4
#: How much larger text is in a figure.
_EXPORT_SCALE = 1.25
_EXPORT_MARGIN = 24
_HEADING_HEIGHT = 34


@dataclass(frozen=True, eq=False)
class _Shown:
    """The moment on the screen: a snapshot, the array behind the record of its run, and the steps known of it."""

    snapshot: Snapshot
    record: object
    steps: int

    def same_as(self, other: _Shown | None) -> bool:
        """Return whether ``other`` is this moment too."""
        if other is None or self.snapshot is not other.snapshot:
            return False
        return self.record is other.record and self.steps == other.steps


class DiagnosisPanel(Panel):
    """The findings of one moment and the vital signs of every layer."""

    name = "diagnosis"

    evidence_requested = Signal(object)
    """An Evidence that a person wants to see."""
    cure_requested = Signal(object)
    """A Cure that a person wants to apply."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title())
        self._dataset: Dataset | None = None
        self._names: Names | None = None
        self._epochs: int | None = None
        self._snapshot: Snapshot | None = None
        self._history: HistoryView | None = None
        self._diagnosis: Diagnosis | None = None
        self._shown: _Shown | None = None
        #: The finding a person has unfolded, by its key.
        self._unfolded = ""
        self._tab_order: list[QWidget] = []
        self._heading: str | None = None
        self._caption = ""
        self._card_fonts, self._table_fonts = CardFonts(), TableFonts()
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = QWidget()
        self._scroll.setWidget(self._content)
        self.cards: list[FindingCard] = []
        self.table = SignsTable(self._table_fonts, self._content)

    # --- the panel's contract

    def title(self) -> str:
        return self.tr("Diagnosis")

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        self._dataset = dataset
        self._names = Names(experiment, dataset)
        self._epochs = experiment.epochs
        self._snapshot = self._history = self._diagnosis = None
        self._shown = None
        self._unfolded = ""
        self.table.clear()
        self._show_cards([])

    def set_epochs(self, epochs: int) -> None:
        self._epochs = epochs
        self._shown = None
        self._follow()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._follow()

    def show_history(self, history: HistoryView) -> None:
        self._history = history
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for card in self.cards:
            card.set_theme(theme)
        self.table.set_theme(theme)
        self._arrange()

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self._heading = title
        self._set_fonts(_EXPORT_SCALE)
        self._shown = None
        self._follow()
        self._arrange()

    def summary(self) -> str:
        diagnosis, names = self.diagnosis(), self._names
        if diagnosis is None or names is None:
            return self.tr("No moment of a run is shown yet.")
        told = [tell(finding, names) for finding in diagnosis.findings] or [tell_health(diagnosis)]
        findings = (self.tr("{heading}: {body}").format(heading=t.heading, body=t.body) for t in told)
        layers = (
            self.tr("{layer}: gradient RMS {gradient}, weight RMS {weight}, update to weight {ratio}, {flat}.").format(
                layer=row[0], gradient=row[1], weight=row[2], ratio=row[3], flat=self._flat_in_words(row[4])
            )
            for row in self.table.texts()
        )
        return wording.together(*findings, *layers)

    def _flat_in_words(self, share: str) -> str:
        return self.tr("{share} saturated or dead").format(share=share)

    # --- the moment

    def diagnosis(self) -> Diagnosis | None:
        """Return what is found at the moment at hand, or None before there is one."""
        if self._snapshot is None or self._history is None:
            return None
        self._follow(seen=True)
        return self._diagnosis

    def _follow(self, seen: bool = False) -> None:
        """Show the moment at hand, once both its halves are there and somebody can see it."""
        snapshot, history = self._snapshot, self._history
        if snapshot is None or history is None or not (seen or self.isVisible() or self._heading is not None):
            return
        known = len(history.step_mse)
        needed = _known_steps(snapshot)
        if known < needed:
            return  # its history is on its way
        moment = _Shown(snapshot, history.step_mse.base, needed)
        if moment.same_as(self._shown):
            return
        self._shown = moment
        self._diagnosis = diagnose(snapshot, history, self._epochs)
        self._show()

    def _show(self) -> None:
        diagnosis, names = self._diagnosis, self._names
        if diagnosis is None or names is None:
            return
        self._show_cards(list(diagnosis.findings) or [None])
        self.table.show_signs(diagnosis, names)
        self._tell_caption(diagnosis)
        self._arrange()

    def _show_cards(self, findings: list[Finding | None]) -> None:
        """Show a card for each finding; None is the card that says that there is nothing."""
        for number in range(len(self.cards), len(findings)):
            card = FindingCard(self._card_fonts, self._content)
            card.set_theme(self.theme)
            card.chosen.connect(lambda which=number: self._unfold(which))
            card.taken.connect(self._take)
            self.cards.append(card)
        diagnosis, names = self._diagnosis, self._names
        for card, finding in zip(self.cards, findings, strict=False):
            assert diagnosis is not None
            assert names is not None
            if finding is None:
                told = tell_health(diagnosis)
                card.show_text(EARLY if diagnosis.case.trend is None else WELL, told.heading, told.body)
                card.show_offers(())
            else:
                told = tell(finding, names)
                card.show_text(finding.severity, told.heading, told.body)
                card.show_offers(() if self._heading is not None else self._offers(finding, diagnosis, names))
        for number, card in enumerate(self.cards):
            card.setVisible(number < len(findings))

    def _set_tab_order(self) -> None:
        """Let Tab go from top to bottom: Qt appends new buttons to the end."""
        every: list[QWidget] = [widget for card in self.cards for widget in (card, *card.buttons)]
        # Qt takes no widget into the order that has no focus policy: an unfolded card is not one to stop at.
        order = [widget for widget in every if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
        if order != self._tab_order:
            self._tab_order = order
            for first, second in pairwise([*order, self.table]):
                QWidget.setTabOrder(first, second)

    def _offers(self, finding: Finding, diagnosis: Diagnosis, names: Names) -> list[Offer]:
        snapshot = diagnosis.case.snapshot
        evidence = [evidence_offer(evidence, names) for evidence in finding.evidence]
        cures = [cure_offer(cure, snapshot.experiment, snapshot.learning_rate) for cure in finding.cures]
        return [*evidence, *cures]

    def _tell_caption(self, diagnosis: Diagnosis) -> None:
        count = len(diagnosis.findings)
        if count == 0:
            caption = ""
        elif count == 1:
            caption = self.tr("1 finding")
        else:
            caption = self.tr("{count} findings").format(count=count)
        if caption != self._caption:
            self._caption = caption
            self.caption_changed.emit(caption)

    # --- what a person asks for

    def _unfold(self, which: int) -> None:
        if self._diagnosis is not None and which < len(self._diagnosis.findings):
            self._unfolded = self._diagnosis.findings[which].key
            self._arrange()
            buttons = self.cards[which].buttons
            if buttons:
                buttons[0].setFocus()
            self._scroll.ensureWidgetVisible(self.cards[which], 0, 0)

    def _take(self, offer: object) -> None:
        if isinstance(offer, Evidence):
            self.evidence_requested.emit(offer)
        elif isinstance(offer, Cure):
            self.cure_requested.emit(offer)

    # --- places

    def _arrange(self) -> None:
        """Give findings and table their places: all unfolded where there is room, else only the chosen one."""
        margin, top = (0, 0) if self._heading is None else (_EXPORT_MARGIN, _EXPORT_MARGIN + _HEADING_HEIGHT)
        self._scroll.setGeometry(
            QRect(margin, top, max(1, self.width() - 2 * margin), max(1, self.height() - top - margin))
        )
        diagnosis = self._diagnosis
        if diagnosis is None:
            self._content.resize(self._scroll.size())
            return
        cards = self.cards[: max(1, len(diagnosis.findings))]
        rows = len(diagnosis.case.signs.layers)
        room = self._scroll.height()
        width = self._scroll.width()
        table = self._table_fonts.height_for(rows)
        heights = [card.height_at(width, False) for card in cards]
        least = self._table_fonts.least_height(rows)
        folded: list[bool] = [False] * len(cards)
        if sum(heights) + len(cards) * _GAP + table > room and self._heading is None:
            chosen = self._chosen(diagnosis)
            folded = [number != chosen for number in range(len(cards))]
            heights = [card.height_at(width, fold) for card, fold in zip(cards, folded, strict=True)]
        needed = sum(heights) + len(cards) * _GAP
        if needed + least > room:
            width -= self._scroll.verticalScrollBar().sizeHint().width()
            heights = [card.height_at(width, fold) for card, fold in zip(cards, folded, strict=True)]
            needed = sum(heights) + len(cards) * _GAP
        whole = max(room, needed + least)
        self._content.resize(width, whole)
        y = 0
        for card, height, fold in zip(cards, heights, folded, strict=True):
            card.set_folded(fold, any(folded))
            card.setGeometry(0, y, width, height)
            card.arrange()
            y += height + _GAP
        self._set_tab_order()
        self.table.setGeometry(0, y, width, min(whole - y, self._table_fonts.greatest_height(rows)))

    def _chosen(self, diagnosis: Diagnosis) -> int:
        keys = [finding.key for finding in diagnosis.findings]
        return keys.index(self._unfolded) if self._unfolded in keys else 0

    # --- events

    def _set_fonts(self, scale: float) -> None:
        self._card_fonts, self._table_fonts = CardFonts(scale), TableFonts(scale)
        for card in self.cards:
            card.set_fonts(self._card_fonts)
        self.table.set_fonts(self._table_fonts)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange):
            self._set_fonts(1.0 if self._heading is None else _EXPORT_SCALE)
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self.theme.card))
        if self._heading is not None:
            painter.setFont(self._card_fonts.head.font)
            painter.setPen(QColor(self.theme.text))
            room = QRect(_EXPORT_MARGIN, _EXPORT_MARGIN, self.width() - 2 * _EXPORT_MARGIN, _HEADING_HEIGHT)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._heading)
        painter.end()

    def sizeHint(self) -> QSize:
        return QSize(352, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(200), scaled(110))


def _known_steps(snapshot: Snapshot) -> int:
    """Return how many steps' losses are known at a moment: not that of a step that diverged, which is not recorded."""
    if not snapshot.compared:
        return snapshot.step
    mse, objective = snapshot.mse, snapshot.objective
    finite = mse is not None and objective is not None and np.isfinite(mse) and np.isfinite(objective)
    return snapshot.step + int(finite)
