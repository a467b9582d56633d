"""From a request to what the job can carry out: an animation whose frames are computed, then drawn."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QImage

from app.export.animation import Animation
from app.export.figure import Figure
from app.export.formats import Kind
from app.export.metrics_table import table_part, table_parts
from app.export.recording import Recording
from app.export.render import paint, to_frame
from app.export.request import ExportRequest
from app.export.steps import Steps, in_one_step
from app.export.svg import write_svg
from backprop import Cursor, Snapshot


def make_animation(request: ExportRequest, recording: Recording, cursors: Sequence[Cursor]) -> Steps[Animation]:
    """Return the animation of the moments ``cursors``, which come from ``request.cursors``; on the window's thread."""
    if request.format.kind is Kind.TABLE:
        return animate_table(request, recording, cursors)
    figure = yield from make_figure(request, recording)
    return animate(partial(draw, figure, request), request, recording, cursors)


def make_figure(request: ExportRequest, recording: Recording) -> Steps[Figure]:
    """Return the figure that all frames of ``request`` are drawn with; on the window's thread."""
    figure = Figure(request, recording)
    yield from figure.fill(request)
    return figure


def animate(
    draw_one: Callable[[Snapshot], Steps[Any]], request: ExportRequest, recording: Recording, cursors: Sequence[Cursor]
) -> Animation:
    """Return the animation, or the single picture, of which ``draw_one`` draws a moment as ``draw`` does."""
    return Animation(
        request.target.name,
        draw_one,
        len(cursors),
        request.frame_ms,
        request.hold_ms,
        lambda index: recording.snapshot_at(cursors[index]),
        bytes if request.format.vector else to_frame,
    )


def animate_table(request: ExportRequest, recording: Recording, cursors: Sequence[Cursor]) -> Animation:
    """Return the table, of which each part counts as a frame."""
    parts = table_parts(cursors)
    compute = partial(table_part, request, recording, parts)
    return Animation(request.target.name, in_one_step(bytes), len(parts), 1, compute=compute)


def draw(figure: Figure, request: ExportRequest, snapshot: Snapshot) -> Steps[QImage | bytes]:
    """Return the picture of one moment, as an SVG document for a format of lines; on the window's thread."""
    yield from figure.show_snapshot(snapshot)
    if request.format.vector:
        document = yield from write_svg(figure, request.size, request.ratio, figure.panels, request.caption)
        return document
    image = yield from paint(figure, request.size, request.ratio, figure.panels)
    return image
