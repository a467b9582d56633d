"""The final parameters as a file for other programs, each under its name: for NumPy, or for everybody.

A .npz file is what numpy.load opens. A .safetensors file is what most libraries for neural networks open: the length of
a header, uint64; the header as JSON, which tells for each name its type, shape, and place; and then the numbers, all
little-endian. As that is all there is to it, no package is needed to write one.
"""

import json
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

import numpy as np

from backprop import Experiment
from backprop.arrays import Array
from backprop.atomic import atomic_files

_TYPES = {"float32": "F32", "float64": "F64"}


def save_parameters(parameters: Mapping[str, Array], path: Path, experiment: Experiment) -> Path:
    """Write ``parameters`` (W1, b1, W2, ...) to ``path``, in the format of its ending, or as .npz.

    A .safetensors file also holds the JSON of ``experiment``, as metadata. An older file is replaced only when all is
    written. Raises OSError.
    """
    write = PARAMETER_FORMATS.get(path.suffix.lower(), _write_npz)
    with atomic_files([path]) as (file,):
        write(file, parameters, experiment)
    return path


def _write_npz(file: BinaryIO, parameters: Mapping[str, Array], experiment: Experiment) -> None:
    np.savez(file, allow_pickle=False, **parameters)


def _write_safetensors(file: BinaryIO, parameters: Mapping[str, Array], experiment: Experiment) -> None:
    header: dict[str, object] = {"__metadata__": {"experiment": experiment.to_json().decode()}}
    start = 0
    for name, array in parameters.items():
        stop = start + array.nbytes
        header[name] = {"dtype": _TYPES[array.dtype.name], "shape": array.shape, "data_offsets": (start, stop)}
        start = stop
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # so that the numbers are aligned where the file is mapped into memory
    file.write(struct.pack("<Q", len(text)) + text)
    for array in parameters.values():
        file.write(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())


#: The formats by the endings of their files.
PARAMETER_FORMATS: dict[str, Callable[[BinaryIO, Mapping[str, Array], Experiment], None]] = {
    ".npz": _write_npz,
    ".safetensors": _write_safetensors,
}
