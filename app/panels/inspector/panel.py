"""InspectorPanel: why one parameter has its gradient, factor by factor, with each sample's share and the update."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolTip, QWidget

from app import wording
from app.panels.base import Panel
from app.panels.inspector.page import EXPORT_SCALE, Page, PageFonts, Subject
from app.panels.inspector.words import array_name, copy_words, parameter_name
from app.panels.network.sample_view import Shape
from app.theme import Theme
from app.widgets.value_text import readable, with_minus
from backprop import Dataset, Experiment, Snapshot
from backprop.chain_rule import Explanation, Number, ParameterError, explain
from backprop.chain_rule_text import factor_texts, share_texts, to_latex, to_text, update_texts

_FEW_INPUTS = 4


class InspectorPanel(Panel):
    """The chain rule of one parameter with this moment's numbers.

    Samples count as the network panel counts them: in the batch or, where every batch is the whole training set, in
    the data set's order.
    """

    name = "inspector"

    sample_selected = Signal(int)
    """The sample a person has chosen among the shares, as ``set_sample`` counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self._shape: Shape | None = None
        self._snapshot: Snapshot | None = None
        self._chosen: tuple[str, tuple[int, ...]] | None = None
        #: What is explained until a person chooses: the first large gradient that was seen in this run.
        self._suggested: tuple[str, tuple[int, ...]] | None = None
        self._sample = 0
        self._subject: Subject | None = None
        self._page: Page | None = None
        self._fonts: PageFonts | None = None
        self._heading: str | None = None
        self._caption = ""
        self._text = self._make_button(
            self.tr("Copy as text"),
            self.tr("Copy formula and numbers as text: what is shown can be multiplied and added by hand"),
            to_text,
        )
        self._latex = self._make_button(
            self.tr("Copy as LaTeX"),
            self.tr("Copy formula and numbers for a paper or slides; needs the package amsmath"),
            to_latex,
        )

    def _make_button(self, label: str, hint: str, write: Callable[..., str]) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("flat", True)
        button.setToolTip(hint)
        button.setAccessibleName(label)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setEnabled(False)
        # A header has little height.
        button.setStyleSheet("QPushButton { padding: 1px 8px; min-height: 20px; }")
        button.clicked.connect(lambda: self._copy(write))
        return button

    # --- the panel's contract

    def title(self) -> str:
        return self.tr("Why this gradient?")

    def controls(self) -> list[QWidget]:
        return [self._text, self._latex]

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        self._shape = Shape(experiment, dataset)
        self._snapshot = None
        self._chosen = self._suggested = None
        # The first one through which a gradient flows: zeros alone change no weight.
        self._sample = int(np.argmax(dataset.train.x[:64].any(axis=1)))
        self._forget()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._forget()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._page = None
        self.update()

    def set_exporting(self, title: str) -> None:
        self._heading = title
        self.setMouseTracking(False)
        self._page = self._fonts = None

    def summary(self) -> str:
        if self._shape is None or self._snapshot is None:
            return ""
        subject = self.subject()
        if subject.explanation is None:
            return subject.trouble
        explanation = subject.explanation
        words = self.tr("{name}, {words}.").format(
            name=parameter_name(explanation), words=subject.connection(explanation)
        )
        if explanation.gradient is None:
            return f"{words} {subject.waiting(explanation)}"
        _, share = factor_texts(explanation, subject.row)
        _, total = share_texts(explanation)
        old, eta, gradient, new = update_texts(explanation)
        template = self.tr(
            "{words} Sample {sample} adds {share} to the gradient; the sum over {count} samples is {total}. "
            "Update: {old} minus {eta} times {gradient} gives {new}."
        )
        return with_minus(
            template.format(
                words=words,
                sample=subject.sample_name(),
                share=share,
                count=explanation.samples,
                total=total,
                old=old,
                eta=eta,
                gradient=gradient,
                new=new,
            )
        )

    # --- what is looked at

    def select_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Explain a parameter, such as ("W1", (0, 1)); for one that does not exist, say so."""
        self._chosen = (name, tuple(index))
        self._forget()

    def parameter(self) -> tuple[str, tuple[int, ...]] | None:
        """Return name and index of what is explained, or None before a run."""
        return self._parameter(self._snapshot) if self._snapshot is not None else None

    def set_sample(self, sample: int) -> None:
        """Show the factors of ``sample``; where the batch has fewer samples, of its last one."""
        self._sample = max(0, sample)
        self._forget()

    def sample(self) -> int:
        """Return the sample whose factors are shown, as ``set_sample`` counts."""
        return self._sample

    def subject(self) -> Subject:
        """Return what is explained at this moment. Raises RuntimeError before there is one."""
        if self._shape is None or self._snapshot is None:
            raise RuntimeError("No run has started, so there is nothing to explain.")
        if self._subject is None:
            explanation, trouble = None, ""
            try:
                explanation = explain(self._snapshot, *self._parameter(self._snapshot))
            except ParameterError as error:
                trouble = wording.sentence(error)
            self._subject = Subject(self._shape, self._snapshot, self._row(self._snapshot), explanation, trouble)
        return self._subject

    def _parameter(self, snapshot: Snapshot) -> tuple[str, tuple[int, ...]]:
        if self._chosen is not None:
            return self._chosen
        if snapshot.x.shape[1] <= _FEW_INPUTS:
            return "W1", (0, min(1, snapshot.parameters["W1"].shape[1] - 1))
        last = f"W{len(snapshot.experiment.layers)}"
        if self._suggested is None and last in snapshot.gradients:
            sizes = np.abs(snapshot.gradients[last])
            row, column = np.unravel_index(int(np.argmax(sizes)), sizes.shape)
            # Kept from then on: another parameter at every moment could not be followed.
            self._suggested = (last, (int(row), int(column)))
        return self._suggested or (last, (0, 0))

    def _row(self, snapshot: Snapshot) -> int:
        sample = min(self._sample, len(snapshot.rows) - 1)
        if snapshot.experiment.steps_per_epoch == 1:
            return int(np.flatnonzero(snapshot.rows == sample)[0])
        return sample

    def _forget(self) -> None:
        """Work everything out again when it is next looked at."""
        self._subject = self._page = None
        if self.isVisible() or self._heading is not None:
            self._follow()

    def _follow(self) -> None:
        if self._snapshot is None:
            return
        explanation = self.subject().explanation
        for button in (self._text, self._latex):
            button.setEnabled(explanation is not None)
        caption = self._caption_of(explanation) if explanation is not None else ""
        if caption != self._caption:
            self._caption = caption
            self.caption_changed.emit(caption)
        self.update()

    def _caption_of(self, explanation: Explanation) -> str:
        value = readable(float(self._value(explanation)))
        return self.tr("{name} = {value} · sample {sample}").format(
            name=array_name(explanation), value=value, sample=self.subject().sample_name()
        )

    def _value(self, explanation: Explanation) -> Number:
        update = explanation.update
        return update.after if update.made and update.after is not None else update.before

    def _copy(self, write: Callable[..., str]) -> None:
        explanation = self.subject().explanation
        if explanation is not None:
            QGuiApplication.clipboard().setText(write(explanation, self.subject().row, copy_words()))

    # --- painting

    def page(self) -> Page:
        """Return what is painted, arranged for the panel's size. Raises RuntimeError before there is a moment."""
        if self._page is None:
            self._page = Page(
                self.subject(), self.theme, self._fonts_in_use(), self.width(), self.height(), self._heading
            )
        return self._page

    def _fonts_in_use(self) -> PageFonts:
        if self._fonts is None:
            self._fonts = PageFonts(1.0 if self._heading is None else EXPORT_SCALE)
        return self._fonts

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.card))
        if self._snapshot is not None:
            self.page().paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._page = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange):
            self._page = self._fonts = None
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(720, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 110)

    # --- pointing

    def hint_at(self, point: QPointF) -> str:
        """Return what is said about what is drawn at ``point``, with all digits; empty where there is nothing."""
        if self._snapshot is None or self._heading is not None:
            return ""
        return self.page().hint_at(point)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hint = self.hint_at(QPointF(event.pos()))
            if hint:
                QToolTip.showText(event.globalPos(), hint, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _share_at(self, point: QPointF) -> int | None:
        return None if self._snapshot is None or self._heading is not None else self.page().row_at(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on_share = self._share_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_share else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._share_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or row is None or self._snapshot is None:
            super().mousePressEvent(event)
            return
        whole = self._snapshot.experiment.steps_per_epoch == 1
        sample = int(self._snapshot.rows[row]) if whole else row
        self.set_sample(sample)
        self.sample_selected.emit(sample)
