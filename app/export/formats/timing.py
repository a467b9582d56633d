"""How long the frames of an animation are shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """``frame_count`` frames of ``frame_ms`` milliseconds each, of which the last stays ``hold_ms`` longer."""

    frame_count: int
    frame_ms: int
    hold_ms: int = 0

    def duration_ms(self, index: int) -> int:
        """Return how long frame ``index``, counted from 0, is shown."""
        return self.frame_ms + (self.hold_ms if index == self.frame_count - 1 else 0)

    @property
    def total_ms(self) -> int:
        """How long the animation takes."""
        return self.frame_count * self.frame_ms + self.hold_ms
