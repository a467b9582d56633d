#!/usr/bin/env python3
"""Opens the window, or runs a headless command; nothing else."""

import multiprocessing
import sys

from app import startup


def main() -> int:
    """Run Backscope with the arguments of the command line; return the exit code."""
    arguments = sys.argv[1:]
    run_file = startup.run_file(arguments)
    window = not arguments or run_file is not None
    if (sentence := startup.missing_packages() or (startup.missing_for_window() if window else None)) is not None:
        print(sentence, file=sys.stderr)
        return 1
    if not window:
        from app.cli import run

        return run(arguments)
    from app.run.training.process import TrainingProcess

    training = TrainingProcess()  # it makes ready while this process imports Qt
    from app.application import run_window

    return run_window(training, run_file)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
