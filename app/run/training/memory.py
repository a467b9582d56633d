"""Memory that is no longer needed goes back to the system when a run has been discarded."""

import ctypes
import gc
import sys


def give_memory_back() -> None:
    """Collect what a discarded run has left, and let the C library give up what it keeps of it.

    Only glibc keeps much and can be asked (malloc_trim(3)); elsewhere this collects, and that is all.
    """
    gc.collect()
    if sys.platform.startswith("linux"):
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
