"""A file of any format, decoded again, shows the frames it was given for as long as it was told."""

import importlib.util
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import imageio.v3 as iio
import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import app
from app.export.animation import Animation
from app.export.compose import make_animation
from app.export.formats import FORMATS, Kind
from app.export.formats.timing import Timing
from app.export.job import export
from app.export.moments import Moments, Spread
from app.export.recording import Recording
from app.export.request import ExportRequest, RequestError
from app.export.steps import at_once, in_one_step
from app.panels import PANELS
from backprop import LESSONS, Trainer

ROOT = Path(app.__file__).parents[1]
COUNT, HEIGHT, WIDTH = 12, 120, 160
FRAME_MS, HOLD_MS = 80, 400
BACKGROUND, BAR = (245, 246, 248), (59, 91, 219)


@pytest.fixture(scope="module")
def frames():
    """Return different frames, a bar that moves, but for two that are alike."""
    frames = np.full((COUNT, HEIGHT, WIDTH, 3), BACKGROUND, np.uint8)
    for number, frame in enumerate(frames):
        frame[20:100, 10 * number : 10 * number + 10] = BAR
    frames[7] = frames[6]
    return frames


@pytest.fixture
def written(frames, tmp_path):
    """Export ``frames`` in a format, and return the path."""

    def write(suffix):
        animation = Animation(f"bar.{suffix}", in_one_step(lambda index: frames[index]), COUNT, FRAME_MS, HOLD_MS)
        (path,) = export([animation], tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [f"bar.{suffix}"]
        return path

    return write


def in_time(images, durations, at):
    """Return the picture that is seen at ``at`` milliseconds."""
    return images[int(np.searchsorted(np.cumsum(durations), at, side="right"))]


@pytest.mark.parametrize("suffix", ["gif", "apng", "webp"])
def test_pictures_that_move(written, frames, suffix):
    images, durations = [], []
    with Image.open(written(suffix)) as file:
        assert file.size == (WIDTH, HEIGHT)
        assert file.info["loop"] == 0
        for number in range(file.n_frames):
            file.seek(number)
            images.append(np.asarray(file.convert("RGB")))
            durations.append(file.info["duration"])
    assert sum(durations) == COUNT * FRAME_MS + HOLD_MS
    for number, frame in enumerate(frames):
        np.testing.assert_array_equal(in_time(images, durations, (number + 0.5) * FRAME_MS), frame)
    assert durations[-1] == FRAME_MS + HOLD_MS


@pytest.mark.parametrize(("suffix", "codec"), [("mp4", "h264"), ("webm", "vp9")])
def test_videos(written, frames, suffix, codec):
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", written(suffix), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    decoded = subprocess.run(command, capture_output=True, check=True)
    about = decoded.stderr.decode()
    assert f"Video: {codec}" in about
    assert f"{WIDTH}x{HEIGHT}" in about
    assert float(re.search(r"([\d.]+) fps", about)[1]) == 1000 / FRAME_MS
    images = np.frombuffer(decoded.stdout, np.uint8).reshape(-1, HEIGHT, WIDTH, 3).astype(int)
    assert len(images) == COUNT + HOLD_MS // FRAME_MS
    for number, image in enumerate(images):
        frame = frames[min(number, COUNT - 1)]
        bar = 10 * min(number if number != 7 else 6, COUNT - 1) + 5
        assert np.abs(image[60, bar] - BAR).max() <= 8
        assert np.abs(image[5, 5] - BACKGROUND).max() <= 4
        assert np.abs(image - frame).mean() < 2


def test_numbered_pictures(written, frames):
    with zipfile.ZipFile(written("zip")) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"frame_{number:04}.png" for number in range(1, COUNT + 1)]
        for name, frame in zip(archive.namelist(), frames, strict=True):
            np.testing.assert_array_equal(iio.imread(archive.read(name), extension=".png"), frame)


def test_apng_without_the_moves_is_a_png_of_the_first_frame(written, frames):
    """Whatever does not know APNG reads only the chunks of PNG."""
    image = QImage(str(written("apng")), "png")
    assert (image.width(), image.height()) == (WIDTH, HEIGHT)
    assert image.pixelColor(5, 60).getRgb()[:3] == BAR
    assert image.pixelColor(100, 60).getRgb()[:3] == BACKGROUND


@pytest.mark.parametrize("suffix", ["apng", "webp", "mp4", "zip"])
def test_frames_of_another_size_are_refused(frames, tmp_path, suffix):
    different = [*frames[:3], frames[3][:-2]]
    with (tmp_path / "file").open("wb") as file, pytest.raises(ValueError, match="among frames of shape"):
        FORMATS[suffix].write(different, different[:1], Timing(4, 100), file)


@pytest.mark.parametrize("suffix", ["apng", "webp"])
def test_fewer_frames_than_announced_are_refused(frames, suffix):
    with pytest.raises(ValueError, match="3 frames in place of 4"):
        FORMATS[suffix].write(iter(frames[:3]), frames[:1], Timing(4, 100), io.BytesIO())


def test_a_video_with_odd_sides_is_refused_with_the_nearest_even_ones(tmp_path):
    with pytest.raises(RequestError, match="choose 642 x 362"):
        ExportRequest(tmp_path / "a.mp4", size=(641, 361)).check()


def test_without_the_extra_a_video_is_refused_with_the_command_that_installs_it(tmp_path, monkeypatch):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "imageio_ffmpeg" else find_spec(name))
    with pytest.raises(RequestError, match=r"install it with: .* -m pip install imageio-ffmpeg"):
        ExportRequest(tmp_path / "a.webm").check()
    ExportRequest(tmp_path / "a.gif").check()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(RequestError, match="Videos are not part of the program that needs no Python"):
        ExportRequest(tmp_path / "a.webm").check()


def test_formats_load_no_encoder_before_they_write():
    code = "import sys, app.export.formats; print(*{'PIL', 'imageio', 'imageio_ffmpeg'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


# --- pictures of the panels


@pytest.fixture(scope="module")
def trainer():
    trainer = Trainer(LESSONS["xor"].experiment.replace(epochs=200))
    trainer.run()
    return trainer


def texts(document):
    return {"".join(text.itertext()).strip() for text in ElementTree.fromstring(document).iterfind(".//{*}text")}


@pytest.mark.parametrize("view", [name for name in PANELS if name not in ("accuracy", "weights", "samples")])
def test_an_svg_has_lines_and_letters_and_no_pixels(qtbot, trainer, tmp_path, view):
    recording = Recording.of(trainer)
    request = ExportRequest(tmp_path / "a.svg", (view,), Moments(Spread(1)), caption="What it <learns> & how")
    export([at_once(make_animation(request, recording, request.cursors(recording)))], tmp_path)
    document = (tmp_path / "a.svg").read_bytes()
    assert b"<image" not in document
    words = texts(document)
    assert {"What it <learns> & how", "Epoch 199"} <= words
    assert len(words) > 9
    picture = QImage(800, 600, QImage.Format.Format_RGB32)
    renderer = QSvgRenderer(document)
    assert renderer.isValid()
    with QPainter(picture) as painter:
        renderer.render(painter)
    assert picture.pixelColor(2, 2) == "#FFFFFF"
    # About as much ink as in the picture of pixels.
    png = ExportRequest(tmp_path / "a.png", (view,), request.moments, caption=request.caption)
    export([at_once(make_animation(png, recording, png.cursors(recording)))], tmp_path)
    pixels = np.frombuffer(picture.constBits(), np.uint8).reshape(600, 800, 4)[..., 2::-1]
    assert np.abs(pixels.mean(axis=(0, 1)) - iio.imread(tmp_path / "a.png").mean(axis=(0, 1))).max() < 1.5


def test_only_animations_need_more_than_one_frame():
    assert {name for name, entry in FORMATS.items() if entry.kind is Kind.PICTURE} == {"png", "svg"}
    assert all(entry.title() for entry in FORMATS.values())


MEMORY_OF_A_LONG_ANIMATION = """
import re, sys, tempfile
from pathlib import Path
import numpy as np
from app.export.formats import FORMATS
from app.export.formats.timing import Timing

def peak():  # of this process alone: resource.getrusage would inherit the parent's
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

def frames(count):
    for number in range(count):
        frame = np.full((300, 400, 3), 255, np.uint8)
        frame[number % 300, :200] = number % 251
        yield frame

for name in sys.argv[1:]:
    with tempfile.TemporaryFile() as file:
        FORMATS[name].write(frames(3), [], Timing(3, 50), file)
        before = peak()
        file.seek(0)
        FORMATS[name].write(frames(400), [], Timing(400, 50), file)
        print(name, peak() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's memory figures")
def test_memory_does_not_grow_with_the_number_of_frames():
    command = [sys.executable, "-c", MEMORY_OF_A_LONG_ANIMATION, "apng", "webp", "zip", "mp4", "webm"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    grown = {name: float(value) for name, value in (line.split() for line in said.splitlines())}
    assert len(grown) == 5
    assert max(grown.values()) < 40, f"of 137 MiB: {grown}"
