"""Everything can be read and seen: WCAG 2's contrast, computed for what the style sheet and the painted widgets use.

Text has 4.5:1 and what is not text 3:1, on whatever it stands on. Disabled text is exempt, and has 3:1 all the same.
"""

from __future__ import annotations

import re
from itertools import product
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.look.colours import contrast, mix, softened
from app.look.style import style_sheet
from app.look.theme import DARK, LIGHT, Theme
from app.panels.equation import cell_page
from app.panels.kept import kept_colour
from app.panels.network.node_link import node_fill
from app.run.moment import KeptRun
from app.widgets.colour_scale import SHADES, diverging, viridis

BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
TEXT, GRAPHIC = 4.5, 3.0
# What is filled but carries no text: tracks, handles, separators, what is scrolled and ticked.
_WITHOUT_TEXT = re.compile(
    r"::(groove|sub-page|add-page|handle|chunk|separator|indicator)|QScrollBar|QProgressBar|frameShape"
)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def rules(theme: Theme) -> list[tuple[str, dict[str, str]]]:
    """Return each selector of the style sheet with its properties."""
    sheet = re.sub(r"/\*.*?\*/", "", style_sheet(theme), flags=re.DOTALL)
    found = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        properties = {name.strip(): value.strip() for name, value in pairs}
        found += [(selector.strip(), properties) for selector in selectors.split(",")]
    return found


def surfaces(theme: Theme) -> dict[str, str]:
    """Return what text without a ground of its own may stand on."""
    return {"card": theme.card, "background": theme.background, "field": theme.field}


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FF0000", "#FF0000") == 1.0


@BOTH
def test_text_on_every_fill_of_the_style_sheet_can_be_read(theme: Theme) -> None:
    checked, faint = 0, []
    for selector, properties in rules(theme):
        ground = properties.get("background", "")
        if not _COLOUR.fullmatch(ground) or _WITHOUT_TEXT.search(selector):
            continue
        text = properties.get("color", theme.on_accent if 'primary="true"' in selector else theme.text)
        least = GRAPHIC if ":disabled" in selector else TEXT
        checked += 1
        if contrast(text, ground) < least:
            faint.append((selector, text, ground, round(contrast(text, ground), 2)))
    assert checked > 30
    assert not faint


@BOTH
def test_text_without_a_fill_of_its_own_can_be_read_on_every_surface(theme: Theme) -> None:
    checked, faint = 0, []
    for selector, properties in rules(theme):
        text, ground = properties.get("color", ""), properties.get("background", "transparent")
        if not _COLOUR.fullmatch(text) or _COLOUR.fullmatch(ground):
            continue
        least = GRAPHIC if ":disabled" in selector else TEXT
        for name, surface in surfaces(theme).items():
            checked += 1
            if contrast(text, surface) < least:
                faint.append((selector, name, round(contrast(text, surface), 2)))
    assert checked > 30
    assert not faint


@BOTH
def test_the_focus_and_what_is_wrong_stand_out_as_borders(theme: Theme) -> None:
    rings = {
        properties["border-color"]
        for selector, properties in rules(theme)
        if (":focus" in selector or "invalid" in selector) and "border-color" in properties
    }
    assert rings == {theme.accent, theme.wrong, theme.text}
    for ring, surface in product(rings, surfaces(theme).values()):
        assert contrast(ring, surface) >= GRAPHIC, (ring, surface)


def painted_text(theme: Theme) -> dict[str, tuple[str, str]]:
    """Return what widgets that paint themselves write, and on what."""
    pairs = {
        "a chart's labels": (theme.soft_text, theme.card),
        "a reading on a chart": (theme.text, theme.card),
        "the pill of the timeline": (theme.on_accent, theme.accent),
        "a pill button": (theme.accent, theme.accent_soft),
        "a pill button pointed at": (theme.accent, theme.accent_soft_hover),
        "a pill button pressed": (theme.accent, theme.card),
        "an error in the notice bar": (theme.wrong, theme.accent_soft),
        "soft text in a callout": (theme.soft_text, theme.accent_soft),
        "an option pointed at": (theme.text, mix(theme.field, theme.text, 0.06)),
        "a chip pointed at": (theme.text, mix(theme.field, theme.text, 0.06)),
        "an option that is right": (theme.text, mix(theme.card, theme.right, 0.12)),
        "an option that is wrong": (theme.text, mix(theme.card, theme.wrong, 0.12)),
        "a verdict, right": (theme.right, mix(theme.card, theme.right, 0.08)),
        "a verdict, wrong": (theme.wrong, mix(theme.card, theme.wrong, 0.08)),
        "the value of a card": (theme.text, theme.field),
        "the title of a card": (theme.soft_text, theme.field),
        "the name of an output": (mix(theme.card, theme.text, 0.85), theme.card),
        "a number of the matrix form": (mix(theme.card, theme.text, 0.68), theme.card),
    }
    for name in ("forward", "backward", "accent"):
        pairs[f"a lit term, {name}"] = (getattr(theme, name), mix(theme.card, getattr(theme, name), 0.08))
    for name in ("forward", "backward"):
        pairs[f"a phase, {name}"] = (theme.on_accent, getattr(theme, name))
    for value in (-1.0, -0.5, 0.0, 0.5, 1.0):
        pairs[f"a unit at {value}"] = (theme.text, node_fill(theme, (-1.0, 1.0), value))
    for number, tint in enumerate(cell_page._tints(theme)):
        pairs[f"a cell, tint {number}"] = (theme.text, tint.name())
    return pairs


@BOTH
def test_painted_text_can_be_read(theme: Theme) -> None:
    faint = {what: round(contrast(*pair), 2) for what, pair in painted_text(theme).items() if contrast(*pair) < TEXT}
    assert not faint


@BOTH
def test_what_is_not_computed_yet_and_what_is_disabled_stay_readable(theme: Theme) -> None:
    assert contrast(theme.waiting, theme.card) >= GRAPHIC
    assert contrast(theme.waiting, theme.card) < contrast(theme.soft_text, theme.card)
    for surface in surfaces(theme).values():
        assert contrast(theme.disabled_text, surface) >= GRAPHIC


@BOTH
@pytest.mark.parametrize("table", ["viridis", "diverging"])
def test_numbers_on_every_colour_of_a_colour_map_can_be_read(theme: Theme, table: str) -> None:
    colours = viridis() if table == "viridis" else diverging(theme)
    least = min(
        contrast(text, f"#{int(pixel) & 0xFFFFFF:06X}")
        for pixel, text in zip(colours.pixels[:SHADES], colours.text, strict=False)
    )
    assert least >= TEXT


def scroll_bar(theme: Theme) -> str:
    """Return the colour of a scroll bar's handle."""
    return next(found["background"] for selector, found in rules(theme) if selector == "QScrollBar::handle")


def painted_graphics(theme: Theme) -> dict[str, tuple[str, str]]:
    """Return the lines and shapes that tell something, and what they stand on."""
    pairs = {
        "the present moment": (theme.accent, theme.card),
        "a curve": (theme.positive, theme.card),
        "the curve of each batch": (softened(theme.positive, theme.card), theme.card),
        "what is reached of the run": (softened(theme.accent, theme.card), theme.card),
        "another unit's share": (softened(theme.forward, theme.card), theme.card),
        "an arrow between layers": (theme.waiting, theme.card),
        "the handle of a scroll bar": (scroll_bar(theme), theme.card),
        "the handle of a scroll bar between cards": (scroll_bar(theme), theme.background),
        "a box to tick": (theme.outline, theme.card),
        "an option's circle on its field": (theme.outline, theme.field),
        "a step to come": (theme.soft_text, theme.card),
        "how far a slider is": (theme.accent, theme.line),
        "how far a job is": (theme.positive, theme.line),
    }
    for name, surface in product(("positive", "negative", "right", "wrong"), ("card", "field")):
        pairs[f"{name} on {surface}"] = (getattr(theme, name), getattr(theme, surface))
    return pairs


@BOTH
def test_painted_graphics_can_be_seen(theme: Theme) -> None:
    pairs = painted_graphics(theme)
    assert not {what: round(contrast(*pair), 2) for what, pair in pairs.items() if contrast(*pair) < GRAPHIC}


@BOTH
def test_kept_runs_are_as_faint_as_they_may_be(theme: Theme) -> None:
    for number in range(10):
        run = cast(KeptRun, SimpleNamespace(number=number))
        assert contrast(kept_colour(run, theme), theme.card) >= GRAPHIC
    softest = [contrast(softened(colour, theme.card), theme.card) for colour in theme.series]
    assert np.mean(softest) < np.mean([contrast(colour, theme.card) for colour in theme.series])
