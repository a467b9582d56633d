"""Which versions of everything are at work, for About and for reports of what went wrong."""

import platform

#: The one of ``versions`` whose name is a word rather than a name.
SYSTEM = "System"


def program_version() -> str:
    """Return the version of Backscope as installed, or what stands in its place."""
    from importlib import metadata  # late: it takes as long as many a panel, and is needed when something is asked

    try:
        return metadata.version("backscope")
    except metadata.PackageNotFoundError:
        return "(not installed, started from its folder)"


def versions() -> dict[str, str]:
    """Return the name and the version of every part whose version may explain a difference, the program first."""
    from importlib import metadata

    import numpy as np
    import PySide6
    import threadpoolctl
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    blas = [library for library in threadpoolctl.threadpool_info() if library.get("user_api") == "blas"]
    return {
        "Backscope": program_version(),
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "Qt": f"{qVersion()} ({QGuiApplication.platformName() or 'no window'})",
        "PySide6": PySide6.__version__,
        "NumPy": np.__version__,
        "BLAS": ", ".join(f"{library['internal_api']} {library['version']}" for library in blas) or "unknown",
        "pyqtgraph": metadata.version("pyqtgraph"),
        SYSTEM: platform.platform(),
    }


def versions_text() -> str:
    """Return ``versions`` as lines, to be copied."""
    return "\n".join(f"{name}: {version}" for name, version in versions().items())
