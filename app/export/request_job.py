"""The export of a request in the background of the window, from its moments to the file."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.export.animation import Animation
from app.export.background_job import BackgroundJob
from app.export.compose import make_animation
from app.export.recording import Recording
from app.export.request import ExportRequest
from app.export.steps import Steps
from backprop import Cursor


class RequestJob(BackgroundJob):
    """Exports one request while the window stays alive."""

    def __init__(self, request: ExportRequest, recording: Recording, parent: QObject | None = None) -> None:
        recording = recording.another()

        def choose() -> list[Cursor]:
            request.check(recording)
            return request.cursors(recording)

        def make(cursors: list[Cursor]) -> Steps[Sequence[Animation]]:
            animation = yield from make_animation(request, recording, cursors)
            return [animation]

        super().__init__(choose, make, request.target.parent, parent)
