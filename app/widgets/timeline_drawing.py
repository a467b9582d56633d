"""TimelineDrawing: how a timeline looks, from the places of its parts to the last pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.look.colours import ink, softened
from app.look.theme import LIGHT, Theme
from app.widgets.lettering import Lettering
from app.widgets.loss_shade import Ink, LossShade
from app.widgets.still import Still
from app.widgets.typeface import CENTRE
from backprop.arrays import Array

_MARGIN = 13.0
_TOP = 9.0
_TRACK = 3.0
_TRACK_FROM_BOTTOM = 15.0
_HANDLE = 6.0
_PILL_PADDING = 12.0
_GAP = 8.0
_BETWEEN_BUTTONS = 6
_CORNER = 10.0
_SHADE_TOP = 8.0


@dataclass(frozen=True, eq=False)
class TimelineScene:
    """What there is to draw. ``moment`` and ``reached`` are shares of the run, 0 to 1; lengths are in pixels."""

    width: int
    height: int
    moment: float
    reached: float
    live: bool
    pill: str
    first: str
    last: str
    hover: float | None
    pressed: bool
    ring: bool
    buttons_width: int
    loss: Array
    run_length: float
    ratio: float

    @property
    def left(self) -> float:
        """Where the line begins."""
        return min(_MARGIN, self.width / 4)

    @property
    def length(self) -> float:
        """How long the line is."""
        return max(1.0, self.width - 2 * self.left)

    @property
    def track(self) -> float:
        """The height of the line."""
        return self.height - _TRACK_FROM_BOTTOM

    def x(self, share: float) -> float:
        """Return where ``share`` of the run lies."""
        return self.left + share * self.length

    def share(self, x: float) -> float:
        """Return which share of the run lies at ``x``, 0 to 1."""
        return min(1.0, max(0.0, (x - self.left) / self.length))


class TimelineDrawing:
    """Paints scenes in a theme, over all of their rectangle."""

    def __init__(self) -> None:
        self._theme = LIGHT
        self._ground = Still()
        self.forget()
        self.measure()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme

    def forget(self) -> None:
        """Be ready for another run."""
        #: The area of the loss plain, and in stripes.
        self._shades = {hatched: LossShade() for hatched in (False, True)}

    def measure(self) -> None:
        """Follow the size of the program's text."""
        self._words = Lettering(9.0)
        self._labels = Lettering(8.25)

    def height(self) -> int:
        """Return the height of the whole, 58 at the ordinary size of text."""
        return self._pill_height() + 38

    def button_places(self, width: int, sizes: Sequence[QSize]) -> list[QRect]:
        """Return where buttons of ``sizes`` stand: at the right end, in the row of the pill."""
        left = width - 9 - self.buttons_width(sizes)
        places = []
        for size in sizes:
            row = round(_TOP + self._pill_height() / 2 - size.height() / 2)
            places.append(QRect(left, row, size.width(), size.height()))
            left += size.width() + _BETWEEN_BUTTONS
        return places

    def buttons_width(self, sizes: Sequence[QSize]) -> int:
        """Return how much room buttons of ``sizes`` take, with what is between them."""
        return sum(size.width() for size in sizes) + _BETWEEN_BUTTONS * max(0, len(sizes) - 1)

    def pill_place(self, scene: TimelineScene) -> QRectF:
        """Return the rectangle of the pill: above the handle, within the card, and clear of the button."""
        wide = self._words.width(scene.pill, bold=True) + 2 * _PILL_PADDING
        high = self._right_limit(scene) - wide
        left = max(_MARGIN - 4, min(scene.x(scene.moment) - wide / 2, high))
        return QRectF(round(left), _TOP, round(wide), self._pill_height())

    def paint(self, painter: QPainter, scene: TimelineScene) -> None:
        """Draw all of ``scene``."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._card(painter, scene)
        self._area(painter, scene)
        pill = self.pill_place(scene)
        self._ends(painter, scene, pill)
        self._line(painter, scene)
        self._handle(painter, scene)
        self._pill(painter, scene, pill)

    def _card(self, painter: QPainter, scene: TimelineScene) -> None:
        whole = QRectF(0, 0, scene.width, scene.height)

        def draw(painter: QPainter) -> None:
            theme, thick = self._theme, 2.0 if scene.ring else 1.0
            painter.setPen(QPen(ink(theme.accent if scene.ring else theme.line), thick))
            painter.setBrush(ink(theme.card))
            inset = thick / 2
            painter.drawRoundedRect(whole.adjusted(inset, inset, -inset, -inset), _CORNER - inset, _CORNER - inset)

        self._ground.paint(painter, whole, self._theme.background, (self._theme, scene.ring), draw)

    def _area(self, painter: QPainter, scene: TimelineScene) -> None:
        """Draw the loss up to the moment plainly, and what lies after it in stripes."""
        moment, reached = scene.x(scene.moment), scene.x(scene.reached)
        for hatched, start, end in ((False, scene.left, moment), (True, moment, reached)):
            if end <= start or (hatched and scene.live):
                continue
            painter.save()
            painter.setClipRect(QRectF(start, 0, end - start, scene.height))
            painter.drawImage(QPointF(scene.left, _SHADE_TOP), self._picture(scene, hatched))
            painter.restore()

    def _picture(self, scene: TimelineScene, hatched: bool) -> QImage:
        size = (round(scene.length * scene.ratio), round((scene.track - _SHADE_TOP) * scene.ratio))
        dark = self._theme.name == "dark"
        # The line along the top must not run through the words at the left end.
        clear = round((self._labels.width(scene.first) + _GAP) * scene.ratio)
        shade = Ink(ink(self._theme.accent), 0.17 if dark else 0.11, 0.30 if dark else 0.23, clear)
        image = self._shades[hatched].image(scene.loss, scene.run_length, scene.reached, size, shade, hatched)
        image.setDevicePixelRatio(scene.ratio)
        return image

    def _ends(self, painter: QPainter, scene: TimelineScene, pill: QRectF) -> None:
        """Name both ends of the run, unless the pill is in the way."""
        painter.setPen(ink(self._theme.soft_text))
        row = QRectF(0, _TOP, 0, self._pill_height())
        first, last = self._labels.width(scene.first), self._labels.width(scene.last)
        right = scene.width - scene.left if not scene.buttons_width else self._right_limit(scene)
        places = [(scene.first, row.adjusted(scene.left, 0, scene.left + first + 2, 0))]
        places.append((scene.last, row.adjusted(right - last, 0, right + 2, 0)))
        for text, place in places:
            if not place.adjusted(-_GAP, 0, _GAP, 0).intersects(pill) and first + last + 4 * _GAP < scene.width:
                self._labels.plain.write_label(painter, place, text)

    def _line(self, painter: QPainter, scene: TimelineScene) -> None:
        theme = self._theme
        moment, reached = scene.x(scene.moment), scene.x(scene.reached)
        soft = softened(theme.accent, theme.card)
        parts = [(scene.left + scene.length, theme.line), (reached, soft), (moment, theme.accent)]
        painter.setPen(Qt.PenStyle.NoPen)
        for end, colour in parts:
            painter.setBrush(ink(colour))
            bar = QRectF(scene.left, scene.track - _TRACK / 2, end - scene.left, _TRACK)
            painter.drawRoundedRect(bar, _TRACK / 2, _TRACK / 2)
        if not scene.live and reached - moment > 1:
            painter.setBrush(ink(soft))
            painter.drawEllipse(QPointF(reached, scene.track), _TRACK, _TRACK)
        if scene.hover is not None and not scene.pressed:
            x = scene.x(min(scene.share(scene.hover), scene.reached))
            painter.setBrush(ink(soft))
            painter.drawRoundedRect(QRectF(round(x) - 1, scene.track - 7, 2, 14), 1, 1)

    def _handle(self, painter: QPainter, scene: TimelineScene) -> None:
        theme = self._theme
        centre = QPointF(scene.x(scene.moment), scene.track)
        if scene.pressed:
            halo = QColor(theme.accent)
            halo.setAlphaF(0.18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(centre, _HANDLE + 5, _HANDLE + 5)
        painter.setPen(QPen(ink(theme.accent), 2.5))
        painter.setBrush(ink(theme.card))
        painter.drawEllipse(centre, _HANDLE, _HANDLE)

    def _pill(self, painter: QPainter, scene: TimelineScene, pill: QRectF) -> None:
        if pill.right() > self._right_limit(scene) + 1:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(self._theme.accent))
        painter.drawRoundedRect(pill, 6, 6)
        painter.setPen(ink(self._theme.on_accent))
        self._words.bold.write(painter, pill, scene.pill, CENTRE)

    def _right_limit(self, scene: TimelineScene) -> float:
        """Return how far right a pill or a label may reach."""
        return scene.width - (9 + scene.buttons_width + _GAP if scene.buttons_width else 9)

    def _pill_height(self) -> int:
        return round(self._words.line) + 5
