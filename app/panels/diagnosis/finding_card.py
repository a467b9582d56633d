"""FindingCard: one finding with its mark, heading and sentence, and buttons for its evidence and cures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.look.fonts import number_font
from app.look.theme import LIGHT, Theme
from app.panels.diagnosis.marks import paint_mark
from app.panels.diagnosis.offers import Offer
from app.widgets.typeface import Typeface
from backprop.diagnosis.rules import Evidence

_POINTS = 9.0
_HEAD_POINTS = 9.75
_PAD_X, _PAD_Y = 10, 5
_MARK_SHARE = 0.87
_CHEVRON = 8.0
_GAP = 8
_ROW_GAP = 3
#: Buttons come nearer to the edge than text: two of them then share a row in the docked panel.
_BUTTON_MARGIN = 4
_BUTTON_GAP = 4
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)
#: Longer lines are hard to read; a wide card leaves the rest free.
_WIDEST_TEXT = 760
_LINK_PADDING, _BUTTON_PADDING = 5, 6
_BUTTON_STYLE = (
    "QPushButton {{ text-align: left; padding: 0 {pad}px; min-height: 17px; font-size: {size}px; "
    "background: {fill}; {more} }}"
)


class CardFonts:
    """The fonts of a card; ``scale`` enlarges a figure."""

    def __init__(self, scale: float = 1.0) -> None:
        self.head = Typeface(number_font(_HEAD_POINTS * scale, bold=True))
        self.body = Typeface(number_font(_POINTS * scale))
        self.body_metrics = QFontMetricsF(self.body.font)
        self.head_rise = QFontMetricsF(self.head.font).ascent()
        #: The edge of the mark, and where all text begins.
        self.mark = round(_MARK_SHARE * self.head.height)
        self.left = _PAD_X + self.mark + _GAP


class FindingCard(QWidget):
    """Shows one finding; folded, only its heading. ``chosen`` asks to unfold it, ``taken`` gives a button's offer."""

    chosen = Signal()
    taken = Signal(object)  # Evidence or Cure

    def __init__(self, fonts: CardFonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fonts = fonts
        self._theme: Theme = LIGHT
        self.kind = ""
        self.heading = ""
        self.body = ""
        self.folded = False
        self.foldable = False
        self._offers: tuple[Offer, ...] = ()
        self.buttons: list[QPushButton] = []
        self._sizes: dict[tuple[str, int], float] = {}
        self._button_sizes: dict[str, QSize] = {}

    # --- what it shows

    def show_text(self, kind: str, heading: str, body: str) -> None:
        """Show a finding of severity ``kind`` in words."""
        if (kind, heading, body) == (self.kind, self.heading, self.body):
            return
        self.kind, self.heading, self.body = kind, heading, body
        self.setAccessibleName(heading)
        self.setAccessibleDescription(body)
        # The buttons, which take long to paint, stand below the text and stay as they are.
        top = min((button.y() for button in self.buttons), default=self.height())
        self.update(0, 0, self.width(), top)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show a button for each of ``offers``."""
        kinds = [type(offer.what) for offer in self._offers]
        self._offers = tuple(offers)
        if kinds != [type(offer.what) for offer in self._offers]:
            self._make_buttons()
        for button, offer in zip(self.buttons, self._offers, strict=True):
            if button.accessibleName() != offer.label:
                button.setText(offer.label)
                button.setAccessibleName(offer.label)
            if button.toolTip() != offer.hint:
                button.setToolTip(offer.hint)
                button.setAccessibleDescription(offer.hint)

    def _make_buttons(self) -> None:
        focused = next((k for k, button in enumerate(self.buttons) if button.hasFocus()), None)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        for number, offer in enumerate(self._offers):
            button = QPushButton(offer.label, self)
            button.setAccessibleName(offer.label)
            button.setToolTip(offer.hint)
            button.setAccessibleDescription(offer.hint)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, number=number: self.taken.emit(self._offers[number].what))
            button.setVisible(not self.folded)
            self.buttons.append(button)
        self._style_buttons()
        if focused is not None and self.buttons:
            self.buttons[min(focused, len(self.buttons) - 1)].setFocus()

    def _style_buttons(self) -> None:
        self._button_sizes.clear()
        theme = self._theme
        size = self._fonts.body.font.pixelSize()
        for button, offer in zip(self.buttons, self._offers, strict=True):
            shows = isinstance(offer.what, Evidence)
            button.setStyleSheet(
                _BUTTON_STYLE.format(
                    size=size,
                    pad=_LINK_PADDING if shows else _BUTTON_PADDING,
                    fill="transparent" if shows else theme.card,
                    more=f"color: {theme.accent};" if shows else f"color: {theme.text}; border-color: {theme.line};",
                )
                + f" QPushButton:hover {{ background: {theme.accent_soft}; }}"
                + f" QPushButton:focus {{ border-color: {theme.accent}; }}"
            )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self._style_buttons()
        self.update()

    def set_fonts(self, fonts: CardFonts) -> None:
        """Take other fonts."""
        self._fonts = fonts
        self._sizes.clear()
        self._style_buttons()
        self.update()

    def set_folded(self, folded: bool, foldable: bool) -> None:
        """Show the heading alone, or everything; a foldable card can be clicked and reached with Tab."""
        if (folded, foldable) == (self.folded, self.foldable):
            return
        self.folded, self.foldable = folded, foldable
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if folded else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if folded else Qt.CursorShape.ArrowCursor)
        for button in self.buttons:
            button.setVisible(not folded)
        self.update()

    # --- sizes

    def _text_width(self, width: int) -> int:
        return max(40, min(_WIDEST_TEXT, width - self._fonts.left - _PAD_X))

    def _text_height(self, face: Typeface, text: str, width: int) -> float:
        """Return the height of wrapped text; measuring is slow, and most sentences come again in the next frame."""
        key = (text, width + (100_000 if face is self._fonts.head else 0))
        if key not in self._sizes:
            if len(self._sizes) > 200:
                self._sizes.clear()
            metrics = QFontMetricsF(face.font)
            self._sizes[key] = metrics.boundingRect(QRectF(0, 0, width, 10_000), _WRAP, text).height()
        return self._sizes[key]

    def height_at(self, width: int, folded: bool) -> int:
        """Return the height that the card needs at ``width``."""
        inner = self._text_width(width)
        head = self._fonts.head.height if folded else self._text_height(self._fonts.head, self.heading, inner)
        height = 2 * _PAD_Y + head
        if not folded and self.body:
            height += 2 + self._text_height(self._fonts.body, self.body, inner)
        if not folded and self.buttons:
            height += _ROW_GAP + self._place_buttons(width, None)
        return round(height + 0.499)

    def arrange(self) -> None:
        """Put the buttons where they belong, at the size the card has now."""
        if self.folded or not self.buttons:
            return
        inner = self._text_width(self.width())
        top = _PAD_Y + self._text_height(self._fonts.head, self.heading, inner)
        if self.body:
            top += 2 + self._text_height(self._fonts.body, self.body, inner)
        self._place_buttons(self.width(), round(top + _ROW_GAP))

    def _place_buttons(self, width: int, top: int | None) -> int:
        """Return the height of the rows of buttons; with ``top``, place them there."""
        left = self._fonts.left
        right = max(left + 60, width - _BUTTON_MARGIN)
        # A link begins where the text begins: its own padding hangs out.
        x, y, row = left, 0, 0
        for offer, button in zip(self._offers, self.buttons, strict=True):
            size = self._button_size(offer.label, button)
            wide = min(size.width(), right - left)
            if x > left and x + wide > right:
                x, y, row = left, y + row + _ROW_GAP, 0
            hang = _LINK_PADDING + 2 if x == left and isinstance(offer.what, Evidence) else 0
            if top is not None:
                cut = wide < size.width()
                room = wide - 2 * _BUTTON_PADDING - 4
                mode = Qt.TextElideMode.ElideRight
                text = button.fontMetrics().elidedText(offer.label, mode, room) if cut else offer.label
                if button.text() != text:
                    button.setText(text)
                button.setGeometry(QRect(x - hang, top + y, wide, size.height()))
            x += wide - hang + _BUTTON_GAP
            row = max(row, size.height())
        return y + row

    def _button_size(self, label: str, button: QPushButton) -> QSize:
        """Return the room that a button needs for all of its label."""
        if label not in self._button_sizes:
            button.setText(label)
            self._button_sizes[label] = button.sizeHint()
        return self._button_sizes[label]

    def sizeHint(self) -> QSize:
        return QSize(340, self.height_at(340, self.folded))

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, fonts = self._theme, self._fonts
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        inner = self._text_width(self.width())
        left, edge = fonts.left, fonts.mark
        paint_mark(painter, QRectF(_PAD_X, _PAD_Y + (fonts.head.height - edge) / 2, edge, edge), self.kind, theme)
        painter.setPen(QColor(theme.text))
        painter.setFont(fonts.head.font)
        if self.folded:
            text = fonts.head.elided(self.heading, inner - _CHEVRON - _GAP)
            painter.drawText(QPointF(left, _PAD_Y + fonts.head_rise), text)
            self._paint_chevron(painter)
        else:
            head = self._text_height(fonts.head, self.heading, inner)
            painter.drawText(QRectF(left, _PAD_Y, inner, head + 2), _WRAP, self.heading)
            if self.body:
                painter.setFont(fonts.body.font)
                top = _PAD_Y + head + 2
                room = QRectF(left, top, inner, self._text_height(fonts.body, self.body, inner) + 2)
                painter.drawText(room, _WRAP, self.body)
        painter.end()

    def _paint_chevron(self, painter: QPainter) -> None:
        """Show that there is more."""
        x, y, half = self.width() - _PAD_X - _CHEVRON / 2, self.height() / 2, _CHEVRON / 2
        painter.setPen(QPen(QColor(self._theme.soft_text), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(
            [QPointF(x - half, y - half / 2), QPointF(x, y + half / 2), QPointF(x + half, y - half / 2)]
        )

    # --- unfolding

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.folded and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.folded and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
