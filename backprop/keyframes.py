"""Keyframes: a run's parameters at evenly spaced steps, thinned to stay inside a byte budget.

At first every epoch begins with a keyframe, and long epochs hold up to 16 of them. When the budget is reached every
second one is dropped and the spacing doubles, so a run of any length stays covered evenly. Two are always kept.
"""

from threading import Lock

import numpy as np

from backprop.arrays import Array, Integers, frozen

DEFAULT_BYTE_BUDGET = 256 * 2**20
_PER_EPOCH = 16
_BLOCK_BYTES = 4 * 2**20


class Keyframes:
    """Vectors of ``size`` numbers of ``dtype``; safe to read in one thread while another records.

    ``next_step`` is the step before which the next keyframe is due.
    """

    def __init__(self, size: int, dtype: str, steps_per_epoch: int, byte_budget: int = DEFAULT_BYTE_BUDGET) -> None:
        self._size = size
        self._byte_budget = byte_budget
        self._dtype = np.dtype(dtype)
        self._steps_per_epoch = steps_per_epoch
        self._per_epoch = min(_PER_EPOCH, 1 << (steps_per_epoch.bit_length() - 1))
        row_bytes = size * self._dtype.itemsize
        # Blocks hold an even number of rows, so that thinning one block never needs a row of its neighbour.
        self._rows_per_block = max(2, min(_BLOCK_BYTES, byte_budget // 4) // row_bytes // 2 * 2)
        self._capacity = max(1, byte_budget // (row_bytes * self._rows_per_block)) * self._rows_per_block
        self._blocks: list[Array] = []
        self._count = 0
        self._stride = 1
        self._lock = Lock()
        self.next_step = 0

    def __len__(self) -> int:
        return self._count

    @property
    def stride(self) -> int:
        """How often the spacing has grown: 1 at first, and twice as much with every thinning."""
        return self._stride

    @property
    def bytes(self) -> int:
        """The memory held, in bytes."""
        return sum(block.nbytes for block in self._blocks)

    def record(self, vector: Array) -> None:
        """Keep a copy of ``vector``, (size,), as it is before step ``next_step``."""
        if not self._count % self._rows_per_block:
            self._make_room()
        block, row = divmod(self._count, self._rows_per_block)
        self._blocks[block][row] = vector
        # The count goes up last: a reader in another thread never sees a row that is not there yet.
        self._count += 1
        self.next_step = self._step_of(self._count)

    def extend(self, vectors: Array) -> None:
        """Keep ``vectors``, (keyframes, size): those of ``next_step`` and of the steps due after it."""
        while len(vectors):
            self._make_room()
            block, row = divmod(self._count, self._rows_per_block)
            fitting = vectors[: self._rows_per_block - row]
            self._blocks[block][row : row + len(fitting)] = fitting
            self._advance(len(fitting))
            vectors = vectors[len(fitting) :]

    def _make_room(self) -> None:
        if self._count == self._capacity:
            with self._lock:
                self._thin()
        if self._count == len(self._blocks) * self._rows_per_block:
            self._blocks.append(np.empty((self._rows_per_block, self._size), self._dtype))

    def _advance(self, rows: int) -> None:
        # The count goes up last: a reader in another thread never sees a row that is not there yet.
        self._count += rows
        self.next_step = self._step_of(self._count)

    def before(self, step: int) -> tuple[int, Array]:
        """Return the latest keyframe at or before ``step``: its own step, and a copy of its vector.

        At least one keyframe must have been recorded; the first is that of step 0.
        """
        with self._lock:
            row = min(self._index_of(step) // self._stride, self._count - 1)
            block, place = divmod(row, self._rows_per_block)
            return self._step_of(row), self._blocks[block][place].copy()

    def resume(self, count: int, stride: int) -> None:
        """Go on as if ``count`` keyframes had been recorded, of which every one is ``stride`` places after the last."""
        self._count, self._stride = count, stride
        self.next_step = self._step_of(count)

    def until(self, step: int) -> "Keyframes":
        """Return a copy of the keyframes at or before ``step``."""
        copy = Keyframes(self._size, str(self._dtype), self._steps_per_epoch, self._byte_budget)
        with self._lock:
            count = min(self._index_of(step) // self._stride + 1, self._count)
            full, rest = divmod(count, self._rows_per_block)
            copy._blocks = self._blocks[:full]  # a full block never changes, so it can be shared
            if rest:
                copy._blocks.append(self._blocks[full].copy())
            copy.resume(count, self._stride)
        return copy

    def parts(self) -> list[Array]:
        """Return all of them without copying, as read-only arrays (keyframes, size) of which each follows the last."""
        with self._lock:
            full, rest = divmod(self._count, self._rows_per_block)
            return [frozen(block) for block in self._blocks[:full]] + (
                [frozen(self._blocks[full][:rest])] if rest else []
            )

    def adopt(self, vectors: Array, stride: int) -> None:
        """Begin with ``vectors``, (keyframes, size), that a run thinned to ``stride`` has left; they are not copied.

        Nobody else may change them afterwards.
        """
        full, rest = divmod(len(vectors), self._rows_per_block)
        self._blocks = [
            vectors[block * self._rows_per_block : (block + 1) * self._rows_per_block] for block in range(full)
        ]
        self.resume(len(vectors), stride)
        if rest:
            last = np.empty((self._rows_per_block, self._size), self._dtype)
            last[:rest] = vectors[-rest:]
            self._blocks.append(last)

    def count_until(self, step: int, stride: int) -> int:
        """Return how many lie at or before ``step`` in a run thinned to ``stride``; 0 where that is too many."""
        count = self._index_of(step) // stride + 1
        return count if count <= self._capacity else 0

    def values(self, indices: Integers, until: int, every: int = 1) -> tuple[Integers, Array]:
        """Return how single numbers went: every ``every``-th keyframe at or before step ``until``, from the first one.

        The result is the keyframes' steps, (keyframes,), ascending, and their numbers at ``indices`` (chosen,) of the
        vectors, (keyframes, chosen), copied. It takes time for these numbers alone, however large the vectors are.
        """
        with self._lock:
            rows = min(self._index_of(until) // self._stride + 1, self._count)
            parts = []
            for number, block in enumerate(self._blocks[: -(-rows // self._rows_per_block)]):
                first = -number * self._rows_per_block % every
                parts.append(block[first : rows - number * self._rows_per_block : every].take(indices, axis=1))
            epochs, part = np.divmod(np.arange(0, rows, every) * self._stride, self._per_epoch)
            steps = epochs * self._steps_per_epoch + part * self._steps_per_epoch // self._per_epoch
        return steps, np.concatenate(parts)

    def _index_of(self, step: int) -> int:
        """The number of the last place for a keyframe at or before ``step``, counted without thinning."""
        epoch, batch = divmod(step, self._steps_per_epoch)
        return epoch * self._per_epoch + ((batch + 1) * self._per_epoch - 1) // self._steps_per_epoch

    def _step_of(self, row: int) -> int:
        epoch, part = divmod(row * self._stride, self._per_epoch)
        return epoch * self._steps_per_epoch + part * self._steps_per_epoch // self._per_epoch

    def _thin(self) -> None:
        # Into new blocks, as others may share the old ones; pair by pair, so that only one more is held at a time.
        half = self._rows_per_block // 2
        for number in range((len(self._blocks) + 1) // 2):
            thinned = np.empty((self._rows_per_block, self._size), self._dtype)
            for place, block in enumerate(self._blocks[number : number + 2]):
                thinned[half * place : half * (place + 1)] = block[::2]
            self._blocks[number : number + 2] = [thinned]
        self._count //= 2
        self._stride *= 2


class PassedOn(Keyframes):
    """Keeps no keyframe longer than until it is taken, for a run whose record is kept in another process.

    They fall due at the same steps as there: both thin at the same count.
    """

    def __init__(self, size: int, dtype: str, steps_per_epoch: int, byte_budget: int = DEFAULT_BYTE_BUDGET) -> None:
        super().__init__(size, dtype, steps_per_epoch, byte_budget)
        self._waiting: list[Array] = []

    def record(self, vector: Array) -> None:
        if self._count == self._capacity:
            self._thin()
        self._waiting.append(vector.copy())
        self._advance(1)

    def resume(self, count: int, stride: int) -> None:
        super().resume(count, stride)
        self._waiting.clear()

    def take(self) -> Array:
        """Return what has been recorded since the last call, (keyframes, size)."""
        waiting, self._waiting = self._waiting, []
        return np.array(waiting, self._dtype).reshape(len(waiting), self._size)
