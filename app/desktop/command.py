"""The headless commands that put the program into a person's menu, and take it out again."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.errors import CommandError


def add_desktop_command(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add ``desktop install`` and ``desktop remove`` to the commands."""
    desktop = commands.add_parser("desktop", help="put Backscope into your menu of applications, or take it out")
    deeds: dict[str, Callable[[argparse.Namespace], None]] = {"install": _install, "remove": _remove}
    desktop.add_argument("deed", choices=deeds, help="install or remove menu entry, icons and the file type .backprop")
    desktop.set_defaults(command=lambda options: deeds[options.deed](options))


def _install(_options: argparse.Namespace) -> None:
    from app.desktop.integration import install, own_command

    data = _data_folder()
    command = own_command()
    try:
        install(command, data)
    except OSError as error:
        raise CommandError(
            f"the menu entry could not be written into {data} ({error.strerror}): "
            "see that the folder is yours and has space left, then try again."
        ) from error
    print(f"Backscope is in your menu of applications, and files that end in .backprop open with it ({data}).")


def _remove(_options: argparse.Namespace) -> None:
    from app.desktop.integration import remove

    data = _data_folder()
    try:
        found = remove(data)
    except OSError as error:
        raise CommandError(
            f"{error.filename} could not be removed ({error.strerror}): see that the folder is yours, then try again."
        ) from error
    print("Backscope is out of your menu of applications." if found else "Backscope was not in your menu.")


def _data_folder() -> Path:
    if not sys.platform.startswith("linux"):
        raise CommandError("only desktops on Linux are set up this way: on this system, make a shortcut to Backscope.")
    from platformdirs import user_data_path

    return user_data_path()
