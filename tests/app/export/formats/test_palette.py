"""The palette of an animation keeps flat areas exact and everything else near."""

import numpy as np

from app.export.formats.palette import MOST_COLOURS, TABLE_SIZE, Palette


def restore(palette, frame):
    """Return ``frame`` as the palette shows it."""
    indices = np.empty(frame.shape[:2], np.uint8)
    palette.index(frame, indices)
    assert indices.min() > 0, "index 0 is never a colour"
    assert indices.max() <= MOST_COLOURS
    table = np.frombuffer(palette.table(), np.uint8).reshape(-1, 3)
    return table[indices]


def many_colours(seed=0, height=60, width=80):
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_few_colours_are_kept_exactly():
    frame = np.zeros((4, MOST_COLOURS, 3), np.uint8)
    frame[..., 0] = np.arange(MOST_COLOURS)
    frame[..., 2] = 7
    np.testing.assert_array_equal(restore(Palette([frame]), frame), frame)


def test_a_flat_background_is_exact_among_thousands_of_colours():
    frame = many_colours()
    frame[:20] = (245, 246, 248)
    shown = restore(Palette([frame]), frame)
    np.testing.assert_array_equal(shown[:20], frame[:20])


def test_colours_of_all_samples_count():
    samples = [np.full((8, 8, 3), value, np.uint8) for value in (10, 120, 240)]
    palette = Palette(samples)
    for sample in samples:
        np.testing.assert_array_equal(restore(palette, sample), sample)


def test_a_colour_that_no_sample_has_becomes_the_nearest():
    black_and_white = np.zeros((2, 2, 3), np.uint8)
    black_and_white[1] = 255
    dark_and_bright = np.array([[[90, 90, 90], [170, 160, 180]]], np.uint8)
    shown = restore(Palette([black_and_white]), dark_and_bright)
    np.testing.assert_array_equal(shown, [[[0, 0, 0], [255, 255, 255]]])


def test_every_pixel_gets_the_nearest_colour_there_is():
    sample, frame = many_colours(0), many_colours(1)
    palette = Palette([sample])
    used = np.unique(restore(palette, sample).reshape(-1, 3), axis=0).astype(int)
    shown = restore(palette, frame).astype(int)
    distance = ((frame[::6, ::8, None].astype(int) - used) ** 2).sum(axis=-1).min(axis=-1)
    np.testing.assert_array_equal(((shown - frame) ** 2).sum(axis=-1)[::6, ::8], distance)


def test_the_table_has_no_colour_twice():
    # Pillow would search for a place for each of those, which takes longer than the encoding.
    for frame in (np.zeros((3, 3, 3), np.uint8), many_colours()):
        table = np.frombuffer(Palette([frame]).table(), np.uint8).reshape(-1, 3)
        assert len(np.unique(table, axis=0)) == len(table) == TABLE_SIZE


def test_a_frame_of_many_bands_is_mapped_whole():
    frame = many_colours(height=701, width=333)
    frame[350:] = (1, 2, 3)
    shown = restore(Palette([frame]), frame)
    assert shown.shape == frame.shape
    np.testing.assert_array_equal(shown[350:], frame[350:])
