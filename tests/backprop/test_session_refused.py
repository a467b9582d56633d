"""Files that are not whole runs are refused with a sentence, before they cost memory; nothing else ever happens."""

import hashlib
import io
import json
import os
import struct
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop import LESSONS, BackpropError, Dataset, Trainer, load
from backprop.errors import SessionError
from backprop.session import MAX_NOTES, Session, open_session, save_session, session_of, write_session

XOR = LESSONS["xor"].experiment.replace(epochs=50)
_PREFIX = 24
_DIGEST = 32


def small_session(dataset: Dataset) -> Session:
    trainer = Trainer(XOR, dataset)
    trainer.step_batches(20)
    return session_of(trainer.new_timeline(), trainer.cursor, 50, "Notes.", {"shown": 3})


@pytest.fixture(scope="module")
def whole() -> bytes:
    file = io.BytesIO()
    write_session(small_session(load("xor", "float64")), file)
    return file.getvalue()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refused") / "run.backprop"


def refusal(content: bytes, path: Path) -> str:
    path.write_bytes(content)
    with pytest.raises(SessionError) as refused:
        open_session(path)
    sentence = str(refused.value)
    assert ": " in sentence, "what, why, and what to do"
    assert sentence.endswith(".")
    return sentence


def signed(content: bytes) -> bytes:
    """Make the length and the digest right, as somebody would who means harm."""
    body = content[:_PREFIX][:16] + struct.pack("<Q", len(content)) + content[_PREFIX:-_DIGEST]
    return body + hashlib.blake2b(body, digest_size=_DIGEST).digest()


def with_header(content: bytes, change: Callable[[dict[str, Any]], object] | bytes) -> bytes:
    """Return a file with another header, correctly signed; its numbers stay."""
    length = int.from_bytes(content[12:16], "little")
    if isinstance(change, bytes):
        text = change
    else:
        header = json.loads(content[_PREFIX : _PREFIX + length])
        change(header)
        text = json.dumps(header).encode()
    prefix = content[:12] + struct.pack("<I", len(text)) + content[16:_PREFIX]
    return signed(prefix + text + content[_PREFIX + length :])


def test_the_way_these_files_are_made_is_right(whole: bytes, path: Path) -> None:
    path.write_bytes(with_header(whole, lambda header: header.update(notes="Changed.")))
    assert open_session(path).notes == "Changed."


@given(data=st.data())
@settings(max_examples=100)
def test_any_byte_changed(data: st.DataObject, whole: bytes, path: Path) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    by = data.draw(st.integers(1, 255))
    refusal(whole[:at] + bytes([whole[at] ^ by]) + whole[at + 1 :], path)


@given(data=st.data())
@settings(max_examples=100)
def test_cut_off_anywhere_or_with_something_after_the_end(data: st.DataObject, whole: bytes, path: Path) -> None:
    refusal(whole[: data.draw(st.integers(0, len(whole) - 1))], path)
    refusal(whole + data.draw(st.binary(min_size=1, max_size=50)), path)


@given(content=st.binary(max_size=300), begin=st.integers(0, 40))
@settings(max_examples=100)
def test_anything_else(content: bytes, begin: int, whole: bytes, path: Path) -> None:
    refusal(content, path)
    refusal(whole[:begin] + content, path)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(2**63) | st.just(-1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
_FIELDS = (
    "experiment",
    "epochs",
    "step",
    "phase",
    "next_learning_rate",
    "stride",
    "rates",
    "notes",
    "view",
    "kept",
    "../x",
)


@given(field=st.sampled_from(_FIELDS), value=_values)
@settings(max_examples=80)
def test_a_header_with_any_other_value_is_refused_or_fits(field: str, value: Any, whole: bytes, path: Path) -> None:
    path.write_bytes(with_header(whole, lambda header: header.update({field: value})))
    with suppress(SessionError):
        opened = open_session(path)
        assert opened.history.steps == 19, "20 batches, of which the last is computed again"
        assert np.isfinite(opened.continuation.parameters).all()


@pytest.mark.parametrize(
    "change",
    [
        lambda header: header.update(step=10**9),
        lambda header: header.update(step=-5),
        lambda header: header.update(rates=2**40),
        lambda header: header.update(stride=3),
        lambda header: header.update(stride=0),
        lambda header: header.update(phase=7),
        lambda header: header.update(next_learning_rate=1e9),
        lambda header: header.update(next_learning_rate="0.5"),
        lambda header: header.update(notes="x" * (MAX_NOTES + 1)),
        lambda header: header.update(view={str(n): n for n in range(101)}),
        lambda header: header.update(kept=[{"experiment": header["experiment"], "steps": 2**50, "epochs": 3}]),
        lambda header: header.update(kept=[{"experiment": header["experiment"], "steps": 2**50, "epochs": 2**50}]),
        lambda header: header.update(kept=[{"experiment": header["experiment"], "steps": 2, "epochs": 2}] * 9),
        lambda header: header.update(arrays=[{"name": "../../etc/passwd", "offset": -8}]),
        lambda header: header["experiment"].update(dataset="../../secret"),
        lambda header: header["experiment"].update(dtype="object"),
        lambda header: header["experiment"].update(dtype="float32"),
        lambda header: header["experiment"].update(layers=[{"units": 4096}] * 7 + [{"units": 1}]),
        lambda header: header["experiment"].update(layers=[{"units": 10**9}, {"units": 1}]),
        lambda header: header["experiment"].update(layers=[]),
        lambda header: header["experiment"].update(
            dataset="mnist", layers=[{"units": 4096}, {"units": 1}, {"units": 4096}, {"units": 10}], batch_size=60_000
        ),
        lambda header: header["experiment"].update(dataset="mnist"),
        lambda header: header["experiment"].update(batch_size=1),
        b"",
        b"null",
        b"{}",
        b"\xff\xfe",
        b'{"step": NaN}',
        b'{"step": 1e400}',
        b"[" * 100_000,
        b'{"experiment": ' * 50_000,
    ],
)
def test_hostile_headers_are_refused_without_memory(
    change: Callable[[dict[str, Any]], object] | bytes, whole: bytes, path: Path
) -> None:
    content = with_header(whole, change)
    tracemalloc.start()
    try:
        refusal(content, path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * 2**20


@pytest.mark.parametrize(
    ("header_bytes", "total"),
    [(2**32 - 1, None), (2**20 + 1, None), (0, 2**64 - 1), (100, 2**32), (100, 0), (2**20, 2**20)],
)
def test_lengths_that_lie_are_refused_without_memory(
    header_bytes: int, total: int | None, whole: bytes, path: Path
) -> None:
    size = len(whole) if total is None else total
    tracemalloc.start()
    try:
        refusal(whole[:12] + struct.pack("<IQ", header_bytes, size) + whole[_PREFIX:], path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 * 2**20


def test_a_file_of_holes_as_large_as_may_be_is_refused_without_memory(whole: bytes, path: Path) -> None:
    size = 2**28
    path.write_bytes(whole[:16] + struct.pack("<Q", size) + whole[_PREFIX:])
    with path.open("r+b") as file:
        file.truncate(size)
    tracemalloc.start()
    try:
        with pytest.raises(SessionError) as refused:
            open_session(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "check sum" in str(refused.value.values["reason"])
    assert most < 8 * 2**20


def test_memory_is_what_the_file_takes(tmp_path: Path, xor: Dataset) -> None:
    trainer = Trainer(XOR.replace(epochs=20_000), xor)
    trainer.run()
    path = tmp_path / "run.backprop"
    save_session(session_of(trainer.new_timeline(), trainer.cursor, 20_000), path)
    tracemalloc.start()
    try:
        opened = open_session(path)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert opened.history.steps == 19_999
    assert most < 2 * path.stat().st_size + 8 * 2**20


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("together", [3, 2**18])
def test_numbers_that_no_run_has(
    number: float, together: int, whole: bytes, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backprop.session._CHECKED_AT_ONCE", together)
    length = int.from_bytes(whole[12:16], "little")
    start = _PREFIX + length
    for at in range(start, len(whole) - _DIGEST, 8):
        content = signed(whole[:at] + struct.pack("<d", number) + whole[at + 8 :])
        refusal(content, path)


def test_a_file_of_another_version_says_so(whole: bytes, path: Path) -> None:
    sentence = refusal(signed(whole[:8] + struct.pack("<I", 2) + whole[12:]), path)
    assert "format 2" in sentence
    assert "format 1" in sentence


def test_a_transfer_that_changes_line_ends(whole: bytes, path: Path) -> None:
    assert "not a run" in refusal(whole.replace(b"\r\n", b"\n"), path)


def test_a_run_that_no_file_holds(xor: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backprop.container.MAX_BYTES", 1000)
    with pytest.raises(BackpropError, match="save its parameters"):
        write_session(small_session(xor), io.BytesIO())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "run.backprop")
    with pytest.raises(SessionError, match="not a run"):
        open_session(tmp_path / "run.backprop")
