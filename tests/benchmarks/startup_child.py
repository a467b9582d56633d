"""The process that startup.py measures: main.py itself, with a stopwatch in its window. Prints milliseconds as JSON.

Imports no more than main.py does, and lets it run; so what it reports is what a person waits for.
"""

import os
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# As if main.py had been started: its folder comes first, and there are no arguments.
sys.path[0] = ROOT
sys.argv = [os.path.join(ROOT, "main.py")]


def milliseconds_since_start() -> float:
    """Return how long this process has existed, to the 10 ms in which Linux counts."""
    with open("/proc/self/stat") as file:
        started = int(file.read().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return 1000 * (time.clock_gettime(time.CLOCK_BOOTTIME) - started)


def watch(reached: dict[str, float]) -> None:
    """Import the window, as main.py does next, and let it write into ``reached`` when it has come how far."""
    from app import program
    from app.window import main_window

    reached["everything is imported"] = milliseconds_since_start()
    from PySide6.QtCore import QEvent, QTimer

    class WatchedWindow(main_window.MainWindow):
        def __init__(self, **arguments: object) -> None:
            super().__init__(**arguments)
            reached["the window is built"] = milliseconds_since_start()
            self._painted = False

        def event(self, event: QEvent) -> bool:
            result = super().event(event)
            if event.type() == QEvent.Type.Paint and not self._painted:
                self._painted = True
                # The panels are painted after the window they are in; a timer fires when all of that is done.
                QTimer.singleShot(0, self._first_picture)
            return result

        def _first_picture(self) -> None:
            reached["the window is painted"] = milliseconds_since_start()
            self._await_run()

        def _await_run(self) -> None:
            if not self.bar.play.isEnabled():
                QTimer.singleShot(1, self._await_run)
                return
            self.repaint()
            reached["the run is shown, Play can be pressed"] = milliseconds_since_start()
            self.close()

    vars(program)["MainWindow"] = WatchedWindow


def main() -> None:
    """Run the program until its window is painted and can train; print when each was."""
    reached = {"Python is up": milliseconds_since_start()}
    import main as program
    from app.run.training import process

    start_training = process.TrainingProcess

    def start_training_and_watch() -> process.TrainingProcess:
        vars(process)["TrainingProcess"] = start_training
        training = start_training()
        watch(reached)
        return training

    vars(process)["TrainingProcess"] = start_training_and_watch
    code = program.main()
    import json

    print(json.dumps(reached))
    sys.exit(code)


if __name__ == "__main__":
    main()
