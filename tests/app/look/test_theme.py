"""Colours that can be read, one typeface, and a theme that can be switched while windows are open."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QIcon, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.languages import install as install_language
from app.look.fonts import BODY_PIXELS, load_fonts, number_font
from app.look.icons import ICON_FOLDER, application_icon, icon, icon_names, icon_pixmap
from app.look.style import indent_number_field, install, restyle, style_sheet
from app.look.theme import DARK, LIGHT, THEMES, Theme

# The offscreen platform says what it cannot do; that is not a fault of the program.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)

# What people with deuteranopia and protanopia see, in linear RGB (Machado, Oliveira, Fernandes 2009, severity 1).
COLOUR_VISION = {
    "ordinary": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """WCAG 2's contrast ratio, 1 to 21."""
    lights = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (first, second))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def oklab(light: np.ndarray) -> np.ndarray:
    """Perceived lightness, green-red and blue-yellow (Ottosson 2020)."""
    cones = np.cbrt(
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ np.clip(light, 0, 1)
    )
    opponents = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(opponents) @ cones


@BOTH
@pytest.mark.parametrize("surface", ["card", "background", "field"])
@pytest.mark.parametrize("name", ["text", "soft_text", "accent", "forward", "backward", "right", "wrong"])
def test_text_can_be_read_on_every_surface(theme: Theme, name: str, surface: str) -> None:
    assert contrast(getattr(theme, name), getattr(theme, surface)) >= 4.5


@BOTH
@pytest.mark.parametrize("fill", ["accent", "forward", "backward"])
def test_text_can_be_read_on_filled_pills_and_buttons(theme: Theme, fill: str) -> None:
    assert contrast(theme.on_accent, getattr(theme, fill)) >= 4.5


@BOTH
def test_a_hint_can_be_read_on_its_tint(theme: Theme) -> None:
    assert contrast(theme.text, theme.accent_soft) >= 7
    assert contrast(theme.accent, theme.accent_soft) >= 4.5


@BOTH
def test_disabled_text_is_quieter_than_soft_text_and_still_readable(theme: Theme) -> None:
    disabled = contrast(theme.disabled_text, theme.field)
    assert 3 <= disabled < contrast(theme.soft_text, theme.field)


@BOTH
def test_lines_stand_out_from_the_card(theme: Theme) -> None:
    for colour in (theme.positive, theme.negative, *theme.series):
        assert contrast(colour, theme.card) >= 3, colour


@BOTH
@pytest.mark.parametrize("vision", COLOUR_VISION)
def test_the_ten_line_colours_can_be_told_apart(theme: Theme, vision: str) -> None:
    assert len(theme.series) == 10
    seen = [oklab(COLOUR_VISION[vision] @ linear(colour)) for colour in theme.series]
    nearest = min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2))
    assert nearest > 0.08  # a just noticeable difference is about 0.02


def test_themes_are_found_by_their_names() -> None:
    assert THEMES == {"light": LIGHT, "dark": DARK}


@BOTH
def test_the_style_sheet_leaves_no_name_open(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    for picture in set(re.findall(r'url\("([^"]+)"\)', sheet)):
        assert (ICON_FOLDER / theme.name / picture.rsplit("/", 1)[1]).is_file(), picture


@BOTH
def test_pictures_of_the_style_sheet_have_the_colours_of_their_theme(theme: Theme) -> None:
    expected = {"check": theme.on_accent, "tick": theme.text}
    files = list((ICON_FOLDER / theme.name).glob("*.svg"))
    assert {"chevron-down", "chevron-up", "chevron-right", "check", "tick"} == {file.stem for file in files}
    for file in files:
        colour = expected.get(file.stem, theme.soft_text)
        assert f'stroke="{colour}"' in file.read_text(encoding="utf-8")


@pytest.fixture
def form(qapp: QApplication, qtbot) -> QWidget:
    """A window with one of each control."""
    install(qapp, LIGHT)
    window = QWidget()
    column = QVBoxLayout(window)
    for name, control in {
        "button": QPushButton("Step"),
        "primary": QPushButton("Play"),
        "field": QLineEdit("64"),
        "choice": QComboBox(),
        "number": QSpinBox(),
        "tick": QCheckBox("Shuffle"),
    }.items():
        control.setObjectName(name)
        column.addWidget(control)
    window.findChild(QPushButton, "primary").setProperty("primary", True)
    window.findChild(QComboBox, "choice").addItem("sigmoid")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def fill(widget: QWidget) -> str:
    """The colour inside the left border, half way down."""
    image = widget.grab().toImage()
    return QColor(image.pixel(4, image.height() // 2)).name().upper()


def edge(widget: QWidget) -> str:
    """The colour of the left border, half way down."""
    image = widget.grab().toImage()
    return QColor(image.pixel(0, image.height() // 2)).name().upper()


def test_switching_recolours_an_open_window(qapp: QApplication, form: QWidget) -> None:
    for theme in (DARK, LIGHT, DARK):
        install(qapp, theme)
        qapp.processEvents()
        assert fill(form) == theme.background
        assert fill(form.findChild(QPushButton, "button")) == theme.field
        assert fill(form.findChild(QPushButton, "primary")) == theme.accent
        assert fill(form.findChild(QLineEdit, "field")) == theme.field
        assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == theme.card


def test_switching_back_and_forth_changes_no_size(qapp: QApplication, form: QWidget) -> None:
    controls = form.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert len(controls) == 6
    places = [control.geometry() for control in controls]
    install(qapp, DARK)
    qapp.processEvents()
    assert [control.geometry() for control in controls] == places


def test_a_switch_tells_every_widget_just_once_however_deep_it_lies(qapp: QApplication, form: QWidget) -> None:
    class Counter(QWidget):
        told = 0

        def event(self, event: QEvent) -> bool:
            self.told += event.type() == QEvent.Type.StyleChange
            return super().event(event)

    deep = form
    for _ in range(6):
        deep = QWidget(deep)
    counter = Counter(deep)
    form.show()
    counter.told = 0
    install(qapp, DARK)
    install(qapp, LIGHT)
    assert counter.told == 2


def test_an_invalid_field_gets_a_border_and_keeps_its_size(form: QWidget) -> None:
    field = form.findChild(QLineEdit, "field")
    hint = field.sizeHint()
    assert edge(field) != LIGHT.wrong
    field.setProperty("invalid", True)
    restyle(field)
    assert edge(field) == LIGHT.wrong
    assert field.sizeHint() == hint


def test_the_focus_can_be_seen(form: QWidget, qtbot) -> None:
    button = form.findChild(QPushButton, "button")
    form.findChild(QLineEdit, "field").setFocus()
    qtbot.waitUntil(lambda: not button.hasFocus())
    assert edge(button) != LIGHT.accent
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    assert edge(button) == LIGHT.accent


def test_the_fields_of_a_form_are_equally_high(form: QWidget) -> None:
    heights = {form.findChild(QWidget, name).height() for name in ("field", "choice", "number")}
    assert len(heights) == 1


def test_a_number_starts_where_other_text_starts(form: QWidget) -> None:
    number = form.findChild(QSpinBox, "number")
    before = number.grab().toImage()
    indent_number_field(number)
    after = number.grab().toImage()

    def first_dark_column(image) -> int:
        rows = range(6, image.height() - 6)
        return next(x for x in range(2, 60) if any(QColor(image.pixel(x, y)).lightness() < 128 for y in rows))

    assert first_dark_column(before) < first_dark_column(after)
    assert abs(first_dark_column(after) - first_dark_column(form.findChild(QLineEdit, "field").grab().toImage())) <= 2


def test_larger_text_makes_controls_larger(qapp: QApplication, form: QWidget) -> None:
    button = form.findChild(QPushButton, "button")
    small = button.sizeHint()
    install(qapp, LIGHT, text_scale=1.5)
    try:
        qapp.processEvents()
        assert button.font().pixelSize() == round(BODY_PIXELS * 1.5)
        assert button.sizeHint().height() > small.height()
        assert number_font(15).pixelSize() == pytest.approx(20 * 1.5, abs=1)
    finally:
        install(qapp, LIGHT)


def test_the_bundled_typeface_is_used(qapp: QApplication) -> None:
    install(qapp, LIGHT)
    assert load_fonts() == "Inter" == load_fonts()
    assert "Inter" in QFontDatabase.families()
    assert qapp.font().family() == "Inter"


def test_figures_are_equally_wide(qapp: QApplication) -> None:
    install(qapp, LIGHT)
    label = QLabel("0")
    label.setProperty("role", "number")
    label.ensurePolished()
    for font in (qapp.font(), number_font(15, bold=True), label.font()):
        metrics = QFontMetricsF(font)
        assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0808")


def test_the_typeface_may_be_missing(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.look.fonts.FONT_FOLDER", Path("nowhere"))
    monkeypatch.setattr("PySide6.QtGui.QFontDatabase.families", lambda *_: [])
    assert load_fonts() == QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def test_icons_are_there_for_every_action() -> None:
    assert set(icon_names()) >= {
        *("play", "pause", "step-forward", "step-back", "reset", "random", "export", "check", "cross"),
        *("chevron-down", "live", "info", "open", "save", "stop", "sun", "moon", "layout", "settings", "backscope"),
    }


@pytest.mark.parametrize("name", sorted(path.stem for path in ICON_FOLDER.glob("*.svg")))
def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = icon_pixmap(name, "#FF0000", 20).toImage()
    colours = [image.pixelColor(x, y) for x in range(20) for y in range(20)]
    seen = {colour.name().upper() for colour in colours if colour.alpha() > 128}
    if name == "backscope":
        assert len(seen) > 20  # it has colours of its own
    else:
        assert seen == {"#FF0000"}


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("size", [16, 20])
def test_icons_are_sharp_on_dense_screens(qapp: QApplication, size: int, ratio: float) -> None:
    picture = icon("reset", LIGHT.text, 20).pixmap(QSize(size, size), ratio)
    assert picture.width() == round(size * ratio)
    assert picture.devicePixelRatio() == ratio
    # Drawn for this size, not another one scaled to it.
    assert picture.toImage() == icon_pixmap("reset", LIGHT.text, size, ratio).toImage()


def test_a_disabled_icon_is_another_picture(qapp: QApplication) -> None:
    play = icon("play", DARK.on_accent)
    normal = play.pixmap(QSize(20, 20), QIcon.Mode.Normal).toImage()
    disabled = play.pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage()
    assert normal.pixelColor(9, 10) == QColor(DARK.on_accent)
    assert contrast(disabled.pixelColor(9, 10).name(), DARK.card) >= 3


def test_an_unknown_icon_is_an_error(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", LIGHT.text)


def test_the_program_has_its_icon_in_small_and_large(qapp: QApplication) -> None:
    sizes = {size.width() for size in application_icon().availableSizes()}
    assert {16, 32, 256} <= sizes


def test_what_stands_out_in_chinese_is_bold(qapp: QApplication) -> None:
    # A typeface of one weight is emboldened only where bold is asked for.
    install_language(qapp, "zh_CN")
    try:
        assert number_font(10, bold=True).weight() == QFont.Weight.Bold
        assert "font-weight: 700" in style_sheet(LIGHT)
        assert "font-weight: 600" not in style_sheet(LIGHT)
    finally:
        install_language(qapp, "")
    assert number_font(10, bold=True).weight() == QFont.Weight.DemiBold
    assert "font-weight: 600" in style_sheet(LIGHT)
