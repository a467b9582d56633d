"""A file of a header and arrays that is checked before it is believed.

A prefix of fixed size, the header, the arrays one after another, and a digest over all of that::

    8 bytes    the signature, which also tells a transfer that has changed line ends
    uint32     the version of what follows
    uint32     the length of the header
    uint64     the length of the whole file
    ...        the header, which belongs to the caller
    ...        the arrays as they lie in memory, row by row, without gaps
    32 bytes   BLAKE2b of everything before

All numbers are little-endian. The file holds no names, places or types of arrays: the caller derives them from the
header, so there is nothing in it that could lead out of the file or into another array. And it is not compressed: what
it takes in memory is what it takes on the disk.
"""

import hashlib
import os
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from backprop.errors import SessionError

SIGNATURE = b"\x89BKPRP\r\n"
_PREFIX = struct.Struct("<8sIIQ")
_DIGEST_BYTES = 32
#: Longer headers and files are neither written nor read.
MAX_HEADER_BYTES = 2**20
MAX_BYTES = 2**32
# Between two looks at whether the person has cancelled.
_CHUNK = 2**20

#: Told the bytes done and those in all; whatever it raises ends the work.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Shape:
    """What the next bytes of a file are: an array of ``dtype``, such as ``"float32"``, and its ``shape``."""

    dtype: str
    shape: tuple[int, ...]

    @property
    def bytes(self) -> int:
        """How many bytes that takes."""
        count = np.dtype(self.dtype).itemsize
        for size in self.shape:
            count *= size  # as whole numbers of Python, which cannot overflow
        return count


def write_container(
    file: BinaryIO, version: int, header: bytes, arrays: Iterable[NDArray[Any]], progress: Progress | None = None
) -> None:
    """Write ``header`` and ``arrays`` to ``file``; raises SessionError where that is too much, and OSError."""
    parts = [_little_endian(array).data.cast("B") for array in arrays if array.size]
    total = _PREFIX.size + len(header) + sum(part.nbytes for part in parts) + _DIGEST_BYTES
    if len(header) > MAX_HEADER_BYTES or total > MAX_BYTES:
        raise too_large(total)
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    done = 0
    prefix = _PREFIX.pack(SIGNATURE, version, len(header), total)
    for part in (memoryview(prefix), memoryview(header), *parts):
        for start in range(0, part.nbytes, _CHUNK):
            chunk = part[start : start + _CHUNK]
            digest.update(chunk)
            file.write(chunk)
            done += chunk.nbytes
            if progress is not None:
                progress(done, total)
    file.write(digest.digest())


def read_container(
    file: BinaryIO, version: int, layout: Callable[[bytes], Sequence[Shape]], progress: Progress | None = None
) -> list[NDArray[Any]]:
    """Return the arrays that ``layout`` finds in the header; it may raise SessionError.

    No memory is taken for an array before the whole file has been found intact. Raises SessionError for anything that
    is not exactly what ``write_container`` has written, and OSError.
    """
    size = os.fstat(file.fileno()).st_size
    prefix = file.read(_PREFIX.size)
    if not prefix.startswith(SIGNATURE):
        raise not_a_run()
    if len(prefix) < _PREFIX.size:
        raise damaged("it ends too early")
    _, found, header_bytes, total = _PREFIX.unpack(prefix)
    if found != version:
        raise SessionError(
            "This run was saved in format {found}, and this version of Backscope reads format {version}: "
            "open it with the version that saved it, or with the newest.",
            found=found,
            version=version,
        )
    if header_bytes > MAX_HEADER_BYTES or total > MAX_BYTES:
        raise damaged("it claims to be larger than any run")
    if size != total or total < _PREFIX.size + header_bytes + _DIGEST_BYTES:
        raise damaged("it has another length than it should")
    header = file.read(header_bytes)
    _check_digest(file, prefix + header, total - _DIGEST_BYTES, progress)
    shapes = layout(header)
    if _PREFIX.size + header_bytes + sum(shape.bytes for shape in shapes) + _DIGEST_BYTES != total:
        raise damaged("its header speaks of other numbers than it holds")
    file.seek(_PREFIX.size + header_bytes)
    return [_read_array(file, shape) for shape in shapes]


def not_a_run() -> SessionError:
    """Return the error of a file that is something else."""
    return SessionError("This is not a run that Backscope has saved: choose a file that ends in .backprop.")


def damaged(reason: str) -> SessionError:
    """Return the error of a damaged file; how the damage shows is among its values, and not for every reader."""
    return SessionError(
        "This run cannot be opened, because its file is damaged: open an older copy of it.", reason=reason
    )


def too_large(size: int) -> SessionError:
    """Return the error of a run that would take ``size`` bytes."""
    return SessionError(
        "This run cannot be kept in a file, because it would take {size} MB, and {most} MB are the most: "
        "save its parameters instead.",
        size=size // 2**20,
        most=MAX_BYTES // 2**20,
    )


def _check_digest(file: BinaryIO, begun: bytes, stop: int, progress: Progress | None) -> None:
    digest = hashlib.blake2b(begun, digest_size=_DIGEST_BYTES)
    done = len(begun)
    chunk = bytearray(_CHUNK)
    while done < stop:
        read = file.readinto(memoryview(chunk)[: min(_CHUNK, stop - done)])  # type: ignore[attr-defined]
        if not read:
            raise damaged("it ends too early")
        digest.update(memoryview(chunk)[:read])
        done += read
        if progress is not None:
            progress(done, stop)
    if file.read(_DIGEST_BYTES + 1) != digest.digest():
        raise damaged("its contents do not match their check sum")


def _read_array(file: BinaryIO, shape: Shape) -> NDArray[Any]:
    array = np.empty(shape.shape, np.dtype(shape.dtype).newbyteorder("<"))
    if array.size and file.readinto(array.data.cast("B")) != array.nbytes:  # type: ignore[attr-defined]
        raise damaged("it has changed while it was read")
    return array.astype(shape.dtype, copy=False)


def _little_endian(array: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
