"""Kills the program again and again while it saves over an older file: the older one or the newer one is always there.

    python tests/robustness/killed.py [--kills N] [--seed N]

Each time the real program opens the file that the one before has left, clears up after it, and saves over it without
pause until it is killed at a random moment. Every second one writes hidden files, as where there are no unnamed ones.
Ends with code 1 where a file cannot be opened, holds neither state, or where anything else is left after a start.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from backprop import LESSONS, Trainer
from backprop.session import open_session, save_session, session_of

ROOT = Path(__file__).resolve().parents[2]
#: A file of 18 MB: long enough to be written that most kills come in the midst of it.
EXPERIMENT = LESSONS["xor"].experiment.replace(epochs=250_000)

# The program itself. It tells what it finds once all is there, then numbers its notes and saves them over and over.
PROGRAM = """
import os, sys
if sys.argv.pop(1) == "named":
    vars(os).pop("O_TMPFILE", None)
import main
from PySide6.QtCore import QTimer
from app import program

class Saving(program.MainWindow):
    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.files.flow.opened.connect(self.begin)
        self.files.flow.saved.connect(lambda _: print("saved", flush=True) or self.save())
        self.tries = 0

    def begin(self, path):
        # What a program before has left goes in the background: it may take a while, but not for ever.
        self.tries += 1
        names = sorted(os.listdir(path.parent))
        if len(names) > 1 and self.tries < 500:
            QTimer.singleShot(10, self, lambda: self.begin(path))
            return
        print("found", *names, flush=True)
        print("told", self.notice.text if not self.notice.isHidden() else "", flush=True)
        self.save()

    def save(self):
        document = self.files.document
        document.notes = str(int(document.notes) + 1)
        print("saving", document.notes, flush=True)
        assert self.files.flow.save()

program.MainWindow = Saving
sys.exit(main.main())
"""


def main() -> int:
    """Kill; return 0 where nothing was ever lost or left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50, help="how often the program is killed (default 50)")
    parser.add_argument("--seed", type=int, default=0, help="decides when (default 0)")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "runs" / "run.backprop"
        path.parent.mkdir()
        trainer = Trainer(EXPERIMENT)
        trainer.run()
        save_session(session_of(trainer.new_timeline(), trainer.cursor, trainer.epochs, "0"), path)
        for number in range(options.kills):
            kind = ("unnamed", "named")[number % 2]
            saved, begun, found = kill_while_it_saves(path, kind, Path(folder) / "home", chance)
            faults += [f"kill {number + 1}: {fault}" for fault in found]
            left = [name for name in os.listdir(path.parent) if name != path.name]
            notes = open_session(path).notes
            print(f"{number + 1:3}: {kind}, {saved} saved, {begun} begun, {notes} in the file, left {left}", flush=True)
            if notes not in {saved, begun}:
                faults.append(f"kill {number + 1}: the file holds {notes}, neither {saved} nor {begun}")
    for fault in faults:
        print("FAULT", fault)
    return int(bool(faults))


def kill_while_it_saves(path: Path, kind: str, home: Path, chance: random.Random) -> tuple[str, str, list[str]]:
    """Return what was saved last, what was being saved then, and what was not as it should be after the start."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(home))
    command = [sys.executable, "-c", PROGRAM, kind, str(path)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        found, told = line(program.stdout, "found"), line(program.stdout, "told")
        faults = [f"after the start there is {found}"] if found != path.name else []
        faults += [f"the window says {told}"] if told else []
        begun = line(program.stdout, "saving")
        for _ in range(chance.randrange(3)):
            line(program.stdout, "saved")
            begun = line(program.stdout, "saving")
        time.sleep(chance.uniform(0.0, 0.15))
        program.kill()
        # The end of this stream is that of the process which trains, too: it holds the other end as well.
        for rest in program.stdout:
            begun = rest.split()[1] if rest.startswith("saving") else begun
    return str(int(begun) - 1), begun, faults


def line(stream: IO[str], word: str) -> str:
    """Return what follows ``word`` in the next line, which must begin with it."""
    said = stream.readline()
    if not said.startswith(word):
        raise RuntimeError(f"the program should have told what it has {word}, and said {said!r}")
    return said.removeprefix(word).strip()


if __name__ == "__main__":
    sys.exit(main())
