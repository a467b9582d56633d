"""Themes: the colours that everything shares, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from app.look.colours import mix


@dataclass(frozen=True)
class Theme:
    """One colour scheme; every colour is a string ``#RRGGBB``.

    ``field`` is behind inputs, chips and tiles; ``on_accent`` is the text on accent, forward and
    backward fills; ``series`` are ten line colours, one a digit, told apart also by people with
    deuteranopia or protanopia. The same index has the same hue in every theme.
    """

    name: str
    background: str
    card: str
    line: str
    text: str
    soft_text: str
    accent: str
    on_accent: str
    field: str
    forward: str
    backward: str
    positive: str
    negative: str
    right: str
    wrong: str
    series: tuple[str, ...]

    @property
    def accent_soft(self) -> str:
        """The accent as a faint tint of the card: chips, hints, selected rows."""
        return mix(self.card, self.accent, 0.15 if self.name == "dark" else 0.10)

    @property
    def disabled_text(self) -> str:
        """Text of disabled controls: clearly quieter than text, still readable."""
        return mix(self.field, self.soft_text, 0.82)

    @property
    def accent_soft_hover(self) -> str:
        """What a control on the accent's tint has behind its text while it is pointed at."""
        return mix(self.accent_soft, self.card, 0.5)

    @property
    def outline(self) -> str:
        """The border of a control that is nothing but a border, such as a box to tick."""
        return mix(self.field, self.soft_text, 0.78)

    @property
    def waiting(self) -> str:
        """Text and lines of what has not been computed yet: quieter than soft text, still readable."""
        return mix(self.card, self.soft_text, 0.72)

    @property
    def grid(self) -> str:
        """Grid lines of charts, quieter than borders."""
        return mix(self.card, self.line, 0.7)


# Forward, negative, right and wrong are a shade darker than the first design: as small text on a field or a
# tint (forward, right, wrong) they now reach 4.5:1, as a bar on a field (negative) 3:1.
LIGHT = Theme(
    name="light",
    background="#F5F6F8",
    card="#FFFFFF",
    line="#E3E6EB",
    text="#1B2430",
    soft_text="#5D6878",
    accent="#3B5BDB",
    on_accent="#FFFFFF",
    field="#F1F3F6",
    forward="#0A7C70",
    backward="#B4359B",
    positive="#2F6FDE",
    negative="#D07114",
    right="#1C7C44",
    wrong="#C53636",
    series=(
        "#2238A8",
        "#EE6E14",
        "#377B84",
        "#C93357",
        "#774ED7",
        "#705911",
        "#E35EC3",
        "#A78F7A",
        "#3C3E50",
        "#1D4609",
    ),
)


DARK = Theme(
    name="dark",
    background="#14181E",
    card="#1C222B",
    line="#2C343F",
    text="#E8ECF2",
    soft_text="#9AA6B5",
    accent="#7C95FF",
    on_accent="#14181E",
    field="#252C37",
    forward="#3CCBB9",
    backward="#E57BD0",
    positive="#6FA2FF",
    negative="#F5A14A",
    right="#4CC680",
    wrong="#FF7C7C",
    series=(
        "#6C9AFD",
        "#F77D05",
        "#42DAF9",
        "#D92A25",
        "#8854DD",
        "#F7CB4A",
        "#D969BC",
        "#C5AFA5",
        "#707379",
        "#9FFBB8",
    ),
)


THEMES: dict[str, Theme] = {theme.name: theme for theme in (LIGHT, DARK)}
