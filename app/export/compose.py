"""From a request to what the job can carry out: an animation whose frames are computed, then drawn."""

from collections.abc import Sequence
from functools import partial

from app.export.animation import Animation
from app.export.figure import Figure
from app.export.formats import Kind
from app.export.frame import Frame
from app.export.metrics_table import table_part, table_parts
from app.export.recording import Recording
from app.export.render import render
from app.export.request import ExportRequest
from app.export.svg import render_svg
from backprop import Cursor, Snapshot


def make_animation(request: ExportRequest, recording: Recording, cursors: Sequence[Cursor]) -> Animation:
    """Return the animation of the moments ``cursors``, which come from ``request.cursors``; on the window's thread."""
    name = request.target.name
    if request.format.kind is Kind.TABLE:
        parts = table_parts(cursors)
        return Animation(name, bytes, len(parts), 1, compute=lambda index: table_part(request, recording, parts, index))
    figure = Figure(request, recording)

    def compute(index: int) -> Snapshot:
        return recording.snapshot_at(cursors[index])

    draw = draw_document if request.format.vector else draw_frame
    return Animation(name, partial(draw, figure, request), len(cursors), request.frame_ms, request.hold_ms, compute)


def draw_frame(figure: Figure, request: ExportRequest, snapshot: Snapshot) -> Frame:
    """Return the picture of one moment in pixels; on the window's thread."""
    figure.show_snapshot(snapshot)
    return render(figure, request.size, request.ratio)


def draw_document(figure: Figure, request: ExportRequest, snapshot: Snapshot) -> bytes:
    """Return the picture of one moment as an SVG document; on the window's thread."""
    figure.show_snapshot(snapshot)
    return render_svg(figure, request.size, request.ratio, request.caption)
