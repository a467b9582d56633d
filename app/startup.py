"""What must be there before Backscope can start, checked with nothing but the standard library.

A double click runs main.py with whatever Python the system has. And where there is no display, or one of the shared
libraries is missing that minimal Linux systems lack, Qt aborts the process rather than tell.
"""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

PACKAGES = ("numpy", "PySide6", "pyqtgraph", "imageio", "threadpoolctl", "platformdirs", "msgspec")

#: The shared libraries that Qt loads on Linux, and the Debian packages that bring them.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
XCB_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


def run_file(arguments: list[str]) -> Path | None:
    """Return the file with a run that is to be opened in the window, or None where that is not what is asked for."""
    if len(arguments) == 1 and arguments[0].lower().endswith(".backprop") and not arguments[0].startswith("-"):
        return Path(arguments[0]).absolute()
    return None


def missing_packages() -> str | None:
    """Return a sentence that says what to install, or None when all packages are there.

    Where the README's virtual environment stands beside main.py, starts again inside it and does not return.
    """
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if not missing:
        return None
    root = Path(__file__).resolve().parent.parent
    python = root / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if python.exists() and Path(sys.prefix).resolve() != (root / ".venv").resolve():
        os.execv(python, [str(python), str(root / "main.py"), *sys.argv[1:]])
    return (
        f"Backscope cannot start because Python packages are missing ({', '.join(missing)}); "
        f"in the folder {root} run: python3 -m venv .venv && .venv/bin/pip install ."
    )


def missing_for_window() -> str | None:
    """Return a sentence that says why no window can open here and what to do, or None when one can."""
    if not sys.platform.startswith("linux"):
        return None
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    wayland = platform == "wayland" or (not platform and bool(os.environ.get("WAYLAND_DISPLAY")))
    x11 = platform == "xcb" or (not platform and not wayland)
    if x11 and not os.environ.get("DISPLAY"):
        return _NO_DISPLAY.format(why="neither DISPLAY nor WAYLAND_DISPLAY is set")
    if (sentence := missing_libraries(QT_LIBRARIES | XCB_LIBRARIES if x11 else QT_LIBRARIES)) is not None:
        return sentence
    if x11 and not _x_server_answers():
        return _NO_DISPLAY.format(why=f"the display {os.environ['DISPLAY']} does not answer")
    return None


def missing_libraries(libraries: dict[str, str]) -> str | None:
    """Return a sentence that names the packages of those ``libraries`` that cannot be loaded, or None."""
    packages = [package for library, package in libraries.items() if not _loads(library)]
    if not packages:
        return None
    return (
        "Backscope cannot open its window because libraries that Qt needs are missing; "
        f"on Debian or Ubuntu run: sudo apt install {' '.join(packages)}"
    )


_NO_DISPLAY = (
    "Backscope cannot open its window because there is no display here: {why}. Start it on a desktop, "
    "or train without a window: python main.py train xor --gif FOLDER"
)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _x_server_answers() -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answers
