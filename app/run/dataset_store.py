"""Data sets in memory, so that each is read once and never by the window's own thread."""

from contextlib import suppress
from threading import Lock, Thread
from weakref import WeakValueDictionary

from backprop import BackpropError, Dataset, load


class DatasetStore:
    """Loads data sets on demand and keeps the latest few; may be asked by several threads."""

    _KEPT = 2

    def __init__(self) -> None:
        self._lock = Lock()
        self._datasets: dict[tuple[str, str], Dataset] = {}
        #: Whatever somebody still uses: no data set is in memory twice.
        self._used: WeakValueDictionary[tuple[str, str], Dataset] = WeakValueDictionary()

    def get(self, name: str, dtype: str) -> Dataset:
        """Return the data set, loading it first if need be; raises DatasetError where that is impossible."""
        with self._lock:
            key = (name, dtype)
            dataset = self._used.get(key) or load(name, dtype)
            self._datasets.pop(key, None)
            self._datasets[key] = self._used[key] = dataset
            for oldest in list(self._datasets)[: -self._KEPT]:
                del self._datasets[oldest]
            return dataset

    def prefetch(self, name: str, dtype: str) -> Thread:
        """Load a data set in the background, so that it is there when a person asks for it."""
        thread = Thread(target=self._prefetch, args=(name, dtype), name="prefetch", daemon=True)
        thread.start()
        return thread

    def _prefetch(self, name: str, dtype: str) -> None:
        # Whoever needs the data later will be told why it cannot be had.
        with suppress(BackpropError):
            self.get(name, dtype)
