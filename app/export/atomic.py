"""Files that appear only when complete, by the name that exports know them by; the engine needs them as well."""

from backprop.atomic import LEFTOVER, MACHINE, atomic_files, remove_leftovers

__all__ = ["LEFTOVER", "MACHINE", "atomic_files", "remove_leftovers"]
