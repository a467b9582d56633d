"""Opens and closes the window again and again in one process: nothing may be left behind.

    python tests/robustness/windows.py [--times N]

Ends with code 1 where threads, widgets, timers, file handles or processes are more than after the first few windows,
which leave behind what is made once: fonts, icons, caches.
"""

import argparse
import sys
import time

from opened import Watch, collect, dispose, living, open_window, program, resident_megabytes, wait_for

WARM_UP = 3


def main() -> int:
    """Open and close; return 0 where nothing was left behind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50, help="how often the window is opened (default 50)")
    options = parser.parse_args()
    with program() as (_, folder):
        watch = Watch()
        for number in range(options.times):
            begun = time.perf_counter()
            window = open_window(folder)
            window.controller.play()
            wait_for(lambda window=window: window.controller.reached.position > 0)
            dispose(window)
            del window
            collect()
            if number == WARM_UP - 1:
                at_first, memory = living(), resident_megabytes()
            took = time.perf_counter() - begun
            print(f"{number + 1:3}: {took:.1f} s, {resident_megabytes():.0f} MB, {dict(living())}", flush=True)
        left = living() - at_first
        print(f"memory: {resident_megabytes() - memory:+.0f} MB over {options.times - WARM_UP} windows")
        watch.end()
    if left:
        print("LEFT BEHIND", dict(left))
    return int(bool(left or watch.faults))


if __name__ == "__main__":
    sys.exit(main())
