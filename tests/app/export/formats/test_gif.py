"""A GIF, decoded again, shows the frames it was given for as long as it was told."""

import io
import subprocess
import sys
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest
from PIL import Image

import app
from app.export.formats import FORMATS, gif
from app.export.formats.timing import Timing

ROOT = Path(app.__file__).parents[1]


def moving_bar(count, height=60, width=90):
    """Return ``count`` different frames: a blue bar that moves over a light background."""
    frames = np.full((count, height, width, 3), (245, 246, 248), np.uint8)
    for number, frame in enumerate(frames):
        frame[:, number % width] = (59, 91, 219)
        frame[number % height, :3] = (180, 53, 155)
    return frames


def encode(frames, duration_ms=100):
    file = io.BytesIO()
    samples = [frames[0], frames[len(frames) // 2], frames[-1]]
    FORMATS["gif"].write(iter(frames), samples, Timing(len(frames), duration_ms), file)
    return file.getvalue()


def decode(content):
    return iio.imread(content, extension=".gif", mode="RGB", index=...)


def durations(content):
    with Image.open(io.BytesIO(content)) as image:
        times = []
        for number in range(image.n_frames):
            image.seek(number)
            times.append(image.info["duration"])
        return times


def test_frames_come_back_in_order_and_colour():
    frames = moving_bar(10)
    np.testing.assert_array_equal(decode(encode(frames)), frames)


def test_it_repeats_for_ever_and_has_the_size_of_its_frames():
    with Image.open(io.BytesIO(encode(moving_bar(3, height=41, width=57)))) as image:
        assert image.info["loop"] == 0
        assert image.size == (57, 41)


@pytest.mark.parametrize(("asked", "written"), [(500, 500), (10, 10), (33, 30), (47, 50)])
def test_a_duration_in_milliseconds_is_kept_to_10_ms(asked, written):
    assert durations(encode(moving_bar(4), asked)) == [written] * 4


def test_durations_of_equal_frames_add_up():
    frames = moving_bar(3).repeat([4, 1, 5], axis=0)
    times = durations(encode(frames, 500))
    assert sum(times) == 10 * 500
    assert len(times) < 10


def test_a_single_picture_is_an_animation_too():
    frames = moving_bar(1)
    content = encode(frames, 500)
    np.testing.assert_array_equal(decode(content), frames)
    assert durations(content) == [500]


def test_equal_frames_that_last_longer_than_a_gif_can_say():
    frames = moving_bar(1).repeat(30, axis=0)
    content = encode(frames, 60_000)
    assert sum(durations(content)) == 30 * 60_000
    np.testing.assert_array_equal(decode(content)[-1], frames[-1])


@pytest.mark.parametrize("count", [8, 16, 17, 31])
def test_pieces_are_joined_without_a_seam(monkeypatch, count):
    monkeypatch.setattr(gif, "PIECE_BYTES", 1)  # so that a piece has the fewest frames there are
    frames = moving_bar(count)
    content = encode(frames)
    np.testing.assert_array_equal(decode(content), frames)
    assert sum(durations(content)) == count * 100
    with Image.open(io.BytesIO(content)) as image:
        assert image.info["loop"] == 0
    assert content.count(b"NETSCAPE2.0") == content.count(b"GIF89a") == 1


def test_the_colours_are_in_the_file_once():
    content = encode(moving_bar(40))
    table = content[13 : 13 + 3 * 255]
    assert bytes([59, 91, 219]) in table
    assert content.count(table) == 1


@pytest.mark.parametrize("equal", [1, 3, 8, 20])
def test_equal_frames_on_both_sides_of_a_seam_last_as_long_as_all_of_them(monkeypatch, equal):
    monkeypatch.setattr(gif, "PIECE_BYTES", 1)
    frames = moving_bar(12)
    content = encode(np.concatenate([frames[:7], frames[7:8].repeat(equal, axis=0), frames[8:]]))
    shown = decode(content)
    merged = [frame for place, frame in enumerate(shown) if place == 0 or (frame != shown[place - 1]).any()]
    np.testing.assert_array_equal(merged, frames)
    assert sum(durations(content)) == (11 + equal) * 100


@pytest.mark.parametrize("piece_bytes", [1, gif.PIECE_BYTES])
def test_pixels_that_do_not_change_take_no_room(monkeypatch, piece_bytes):
    monkeypatch.setattr(gif, "PIECE_BYTES", piece_bytes)
    noise = np.random.default_rng(0).integers(0, 250, (90, 120), dtype=np.uint8)
    frames = np.repeat(noise[None, ..., None], 3, axis=3).repeat(20, axis=0)
    for number, frame in enumerate(frames):
        frame[0, 0] = frame[-1, -1] = 250 - number % 2
    assert len(encode(frames)) < 2 * len(encode(frames[:1]))
    assert len(decode(encode(frames))) == 20


def test_many_colours_stay_near():
    ramp = np.linspace(0, 255, 120)
    frames = np.empty((6, 90, 120, 3), np.uint8)
    for number, frame in enumerate(frames):
        frame[..., 0] = np.roll(ramp, 9 * number)
        frame[..., 1] = ramp[:90, None]
        frame[..., 2] = 128
    error = decode(encode(frames)).astype(float) - frames
    assert np.sqrt((error**2).mean()) < 8
    assert np.abs(error).max() < 40


def test_bad_frames_are_refused():
    good = moving_bar(1)[0]
    for bad in (good.astype(float), good[..., 0], good[:0], good[:, :-1]):
        with pytest.raises(ValueError, match=r"frame|picture"):
            FORMATS["gif"].write([good, bad], [good], Timing(2, 100), io.BytesIO())
    with pytest.raises(ValueError, match="at least one"):
        FORMATS["gif"].write([], [good], Timing(0, 100), io.BytesIO())


@pytest.mark.parametrize("duration", [0, 4, -500, 600_001_000])
def test_durations_that_a_gif_cannot_have_are_refused(duration):
    with pytest.raises(ValueError, match="last"):
        encode(moving_bar(2), duration)


MEMORY_OF_A_LONG_ANIMATION = """
import io, re, sys
from pathlib import Path
import numpy as np
from app.export.formats import FORMATS
from app.export.formats.timing import Timing

def peak():  # of this process alone: resource.getrusage would inherit the parent's
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

def frames(count):
    frame = np.full((600, 800, 3), 255, np.uint8)
    for number in range(count):
        frame[number % 600, :400] = number % 251
        yield frame

class Sink(io.RawIOBase):
    def write(self, data):
        return len(data)

sample = next(frames(1))
FORMATS["gif"].write(frames(3), [sample], Timing(3, 50), Sink())
before = peak()
FORMATS["gif"].write(frames(int(sys.argv[1])), [sample], Timing(int(sys.argv[1]), 50), Sink())
print(peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's memory figures")
def test_memory_does_not_grow_with_the_number_of_frames():
    result = subprocess.run(
        [sys.executable, "-c", MEMORY_OF_A_LONG_ANIMATION, "300"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    # 300 frames have 412 MiB, and 137 MiB with one byte a pixel.
    assert float(result.stdout) < 100
