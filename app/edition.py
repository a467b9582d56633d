"""Which Backscope this is: installed into a Python, to which more can be added, or built with one of its own."""

import sys


def is_built() -> bool:
    """Return whether this is the program that PyInstaller has made; what is not in it cannot be installed."""
    return bool(getattr(sys, "frozen", False))
