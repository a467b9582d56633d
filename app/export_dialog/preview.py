"""Preview: one frame of what will be exported, in the room that there is, and what is known of the whole."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QVBoxLayout, QWidget

from app.export.estimate import Estimate
from app.export.formats import Kind
from app.export.words import about_size, about_time, exact_time
from app.look.colours import ink
from app.look.fonts import scaled
from app.look.theme import LIGHT, Theme

_STOPS = 200
_PAGE = 20
# A picture that takes longer than this is not that of what is chosen, and must not look as if it were.
_PATIENCE_MS = 300
_FAINT = 0.3


class Preview(QWidget):
    """A picture, a slider for which frame it is, and the estimate."""

    #: Sent when a person wants to see another frame.
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._frames = 0
        self._kind = Kind.ANIMATION
        self.picture = Picture()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STOPS)
        self.slider.setPageStep(_PAGE)
        self.slider.setValue(_STOPS)
        self.slider.setAccessibleName(self.tr("Frame shown"))
        self.slider.setToolTip(self.tr("Which frame of the animation is shown here; all of them are exported."))
        self.which = QLabel()
        self.which.setProperty("role", "caption")
        self.estimate = QLabel()
        self.estimate.setWordWrap(True)
        self.estimate.setToolTip(
            self.tr("Judged from a few frames; the real file may be half as large or twice as large.")
        )
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.slider, 1)
        line.addWidget(self.which)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.picture, 1)
        column.addWidget(self._line)
        column.addWidget(self.estimate)
        self.slider.valueChanged.connect(self._choose)

    @property
    def share(self) -> float:
        """Which frame is wanted: 0 is the first, 1 the last."""
        return self.slider.value() / _STOPS

    def set_kind(self, kind: Kind) -> None:
        """Offer what there is of a file of this kind: one frame of many, a picture, or nothing to see."""
        before, self._kind = self._kind, kind
        self._line.setVisible(kind is Kind.ANIMATION)
        if kind is Kind.TABLE:
            self.picture.say(self.tr("A table of epochs, loss and accuracy: one row for every moment."))
        elif before is Kind.TABLE:
            self.picture.say("")
        if before is not kind:
            self._frames = 0
            self._name_frame()

    def show_picture(self, image: QImage) -> None:
        """Show the frame asked for."""
        self.picture.show_image(image)

    def show_waiting(self) -> None:
        """Say that an estimate is being made; the picture stays until the next one is there, faintly after a while."""
        self.picture.expect()
        self.estimate.setText(self.tr("Estimating …"))

    def show_nothing(self, words: str) -> None:
        """Show no picture, and say why."""
        self.picture.say(words)
        self.estimate.setText("")

    def show_estimate(self, estimate: Estimate | None) -> None:
        """Show how many frames there will be, how long they last, how large the file is and how long it takes."""
        if estimate is None:
            self.estimate.setText(self.tr("Size and time cannot be estimated; the log has the details."))
            return
        self._frames = estimate.frames
        self._name_frame()
        size, time = about_size(estimate.bytes), about_time(estimate.seconds)
        if self._kind is not Kind.ANIMATION:
            self.estimate.setText(self.tr("The file has {size} and takes {time} to make.").format(size=size, time=time))
            return
        frames = self.tr("%n frame(s)", "", estimate.frames)
        self.estimate.setText(
            self.tr("{frames}, shown in {length}. The file has {size} and takes {time} to make.").format(
                frames=frames, length=exact_time(estimate.duration_ms), size=size, time=time
            )
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.picture.set_theme(theme)

    def _choose(self) -> None:
        self._name_frame()
        self.changed.emit()

    def _name_frame(self) -> None:
        words = ""
        if self._frames:
            frame = round(self.share * (self._frames - 1)) + 1
            words = self.tr("{frame} of {count}").format(frame=f"{frame:,}", count=f"{self._frames:,}")
        self.which.setText(words)


class Picture(QWidget):
    """A picture as large as it fits, never larger than it is, or a sentence in its place."""

    def __init__(self) -> None:
        super().__init__()
        self._theme = LIGHT
        self._image: QImage | None = None
        self._small: QImage | None = None
        self._words = ""
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.update)
        self._expected = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Preview"))

    @property
    def image(self) -> QImage | None:
        """The picture shown, in its full size."""
        return self._image

    @property
    def words(self) -> str:
        """The sentence in the place of a picture."""
        return self._words

    @property
    def is_stale(self) -> bool:
        """Whether another picture has been expected for so long that this one is drawn faintly."""
        return self._expected and not self._patience.isActive()

    def expect(self) -> None:
        """Wait for another picture, or for a sentence."""
        if not self._expected:
            self._expected = True
            self._patience.start()

    def show_image(self, image: QImage) -> None:
        """Show ``image``."""
        self._expected = False
        self._image, self._small, self._words = image, None, ""
        self.setAccessibleDescription(
            self.tr("A picture of {width} x {height} pixels.").format(width=image.width(), height=image.height())
        )
        self.update()

    def say(self, words: str) -> None:
        """Show ``words`` in the place of a picture."""
        self._expected = False
        self._image, self._small, self._words = None, None, words
        self.setAccessibleDescription(words)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(460), scaled(345))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(200), scaled(150))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._image is None:
                painter.setPen(ink(self._theme.soft_text))
                painter.drawText(
                    self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap.value, self._words
                )
                return
            place = self._place(self._image.size())
            painter.setOpacity(_FAINT if self.is_stale else 1.0)
            painter.drawImage(place, self._fitted(self._image, place.size()))
            painter.setOpacity(1.0)
            painter.setPen(QPen(ink(self._theme.line), 1))
            painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _fitted(self, image: QImage, size: QSize) -> QImage:
        """Return ``image`` as it is drawn in ``size``; made once, as that takes a while for a large one."""
        pixels = size * self.devicePixelRatioF()
        if self._small is None or self._small.size() != pixels:
            self._small = image.scaled(
                pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        return self._small

    def _place(self, size: QSize) -> QRect:
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if fitted.width() > size.width():
            fitted = size
        place = QRect(0, 0, fitted.width(), fitted.height())
        place.moveCenter(self.rect().center())
        return place
