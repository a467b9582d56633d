"""The MP4 and WebM writers: frames go through a pipe to FFmpeg, which comes with the package imageio-ffmpeg."""

import contextlib
import errno
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import IO, BinaryIO

import numpy as np
from PySide6.QtCore import QCoreApplication

from app.edition import is_built
from app.export.formats.frame import Frame, check_frame
from app.export.formats.timing import Timing

# Text and thin lines stay sharp at these qualities; one core is left to the window.
_THREADS = max(1, (os.cpu_count() or 2) - 1)
_MP4 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-movflags", "+faststart", "-f", "mp4"]
_WEBM = ["-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-deadline", "realtime", "-cpu-used", "5", "-f", "webm"]
# What FFmpeg says when it cannot write, and what Python calls it.
_ERRORS = {"No space left on device": errno.ENOSPC, "File too large": errno.EFBIG, "Disk quota": errno.EDQUOT}


def unavailable() -> str | None:
    """Return a sentence that says what is missing and what to do, or None."""
    if importlib.util.find_spec("imageio_ffmpeg") is not None:
        return None
    if is_built():
        return QCoreApplication.translate(
            "Export",
            "Videos are not part of the program that needs no Python: choose GIF or install Backscope with pip.",
        )
    sentence = QCoreApplication.translate(
        "Export",
        "Videos need the package imageio-ffmpeg, which is not installed; install it with: {command}",
    )
    return sentence.format(command=f"{sys.executable} -m pip install imageio-ffmpeg")


def _write_video(
    options: Sequence[str], frames: Iterable[Frame], samples: Sequence[Frame], timing: Timing, file: BinaryIO
) -> None:
    """Write ``frames`` at a constant rate; the last one is repeated for as long as it stays.

    Raises ValueError without frames, for one of another size, or for odd sides; OSError when FFmpeg cannot write.
    """
    process: subprocess.Popen[bytes] | None = None
    shape = None
    with tempfile.TemporaryFile() as said:
        try:
            for frame in frames:
                check_frame(frame, shape)
                if process is None:
                    shape = frame.shape
                    process = _start(options, frame.shape, timing, file, said)
                last = frame
                _send(process, frame)
            if process is None:
                raise ValueError("an animation needs at least one frame")
            for _ in range(round(timing.hold_ms / timing.frame_ms)):
                _send(process, last)
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
        except BrokenPipeError:
            assert process is not None
            process.wait()  # it has ended, and says why
        except BaseException:
            if process is not None:
                process.kill()
                process.wait()
            raise
        finally:
            if process is not None and process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()
        if process.returncode:
            said.seek(0)
            raise _error(process.returncode, said.read().decode(errors="replace"))


def _start(
    options: Sequence[str], shape: tuple[int, ...], timing: Timing, file: BinaryIO, said: IO[bytes]
) -> "subprocess.Popen[bytes]":
    import imageio_ffmpeg  # an extra

    height, width, _ = shape
    if height % 2 or width % 2:
        raise ValueError(f"a video has even sides, not {width} x {height}")
    file.flush()
    # By its handle: the file may have no name, or lose it when this process is killed, and must not appear again then.
    by_handle = os.path.isdir("/proc/self/fd")
    rate = Fraction(1000, timing.frame_ms)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", "-nostdin"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(rate), "-i", "pipe:0"]
    # Screens and players expect the colours of HDTV; without saying so they would be a little off.
    command += ["-vf", "scale=out_color_matrix=bt709", "-colorspace", "bt709", "-color_primaries", "bt709"]
    command += ["-color_trc", "bt709", "-pix_fmt", "yuv420p", "-an", "-threads", str(_THREADS), *options]
    return subprocess.Popen(
        [*command, f"/proc/self/fd/{file.fileno()}" if by_handle else str(file.name)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=said,
        pass_fds=(file.fileno(),) if by_handle else (),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _send(process: "subprocess.Popen[bytes]", frame: Frame) -> None:
    assert process.stdin is not None
    process.stdin.write(np.ascontiguousarray(frame).data)


def _error(code: int, said: str) -> Exception:
    if code == -getattr(signal, "SIGXFSZ", 0):
        return OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    for words, number in _ERRORS.items():
        if words in said:
            return OSError(number, os.strerror(number))
    return RuntimeError(f"FFmpeg ended with {code}: {said.strip()}")


write_mp4 = partial(_write_video, _MP4)
write_webm = partial(_write_video, _WEBM)
