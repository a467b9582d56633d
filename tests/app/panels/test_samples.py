"""The samples panel: what the network of exactly this moment answers, right and wrong told apart."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from app.look.theme import DARK, LIGHT
from app.panels.samples import SamplesPanel
from app.widgets.dock import PanelDock
from app.widgets.sample_cards import SampleCard
from backprop import LESSONS, Cursor, Dataset, DivergedError, Layer, Trainer
from backprop.arrays import Array
from backprop.dataset_catalogue import DatasetInfo
from backprop.datasets import Samples
from backprop.metrics import predicted_classes

XOR = LESSONS["xor"].experiment
MNIST = LESSONS["mnist"].experiment

Opener = Callable[..., SamplesPanel]


@pytest.fixture(scope="module")
def mnist_run(mnist: Dataset) -> Trainer:
    """One epoch and two batches of the lesson."""
    trainer = Trainer(MNIST, mnist)
    trainer.step_epoch()
    trainer.step_batch()
    trainer.step_batch()
    return trainer


@pytest.fixture
def opened(opener: Callable[..., Opener]) -> Opener:
    return opener(SamplesPanel, (1106, 90))


def colours_in(image: QImage, left: float, top: float, width: float, height: float) -> set[str]:
    ratio = image.devicePixelRatio()
    xs = range(int(left * ratio), int((left + width) * ratio))
    ys = range(int(top * ratio), int((top + height) * ratio))
    return {image.pixelColor(x, y).name() for x in xs for y in ys if image.rect().contains(x, y)}


# --- cards


def cards_of(panel: SamplesPanel) -> list[SampleCard]:
    return [panel.cards.card(index) for index in range(panel.cards.count())]


def test_each_sample_of_xor_has_a_card_with_what_this_moment_answers(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    for cursor in (Cursor(2400, 0, 4), Cursor(0, 0, 0), Cursor(1000, 0, 6)):
        snapshot = xor_run.snapshot_at(cursor)
        panel.show_snapshot(snapshot)
        cards = cards_of(panel)
        assert [card.title for card in cards] == ["(0, 0) → 0", "(0, 1) → 1", "(1, 0) → 1", "(1, 1) → 0"]
        outputs = snapshot.predict(xor_run.dataset.train.x)[:, 0]
        assert [card.value for card in cards] == [f"{output:.3f}" for output in outputs]
        assert [card.share for card in cards] == outputs.tolist()
        assert [card.right for card in cards] == ((outputs >= 0.5) == [False, True, True, False]).tolist()


def test_an_output_that_has_exploded_has_room_on_its_card(opened: Opener) -> None:
    linear = (Layer(2, "sigmoid", "uniform"), Layer(1, "identity", "uniform"))
    run = Trainer(XOR.replace(layers=linear, learning_rate=900.0))
    with pytest.raises(DivergedError):
        run.run()
    panel = opened(run)
    values = [card.value for card in cards_of(panel)]
    assert any("e+" in value for value in values)
    assert max(len(value) for value in values) <= 11


def test_right_and_wrong_differ_by_more_than_colour(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(700, 0, 0))
    rights = [card.right for card in cards_of(panel)]
    assert True in rights
    assert False in rights
    image = panel.cards.grab().toImage()
    shapes = {}
    for index, right in enumerate(rights):
        rect = panel.cards.rect_of(index)
        corner = colours_in(image, rect.right() - 30, rect.top() + 5, 24, 24)
        colour = LIGHT.right if right else LIGHT.wrong
        other = LIGHT.wrong if right else LIGHT.right
        assert colour.lower() in corner
        assert other.lower() not in corner
        field = QColor(LIGHT.field).name()
        shapes[right] = [
            image.pixelColor(int(rect.right()) - 30 + x, int(rect.top()) + 5 + y).name() != field
            for x in range(24)
            for y in range(24)
        ]
    assert shapes[True] != shapes[False], "tick and cross have different shapes"


def test_the_bar_is_as_long_as_the_output_is_large(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 4))
    image = panel.cards.grab().toImage()
    lengths = []
    for index in range(4):
        rect = panel.cards.rect_of(index)
        y = int(rect.bottom()) - 12
        row = [image.pixelColor(x, y).name() for x in range(int(rect.left()), int(rect.right()))]
        lengths.append(row.count(QColor(LIGHT.positive).name()) / (rect.width() - 24))
    outputs = xor_run.snapshot_at(Cursor(2400, 0, 4)).predict(xor_run.dataset.train.x)[:, 0]
    assert np.allclose(lengths, outputs, atol=0.03)


def test_the_caption_counts_those_that_are_right(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    captions: list[str] = []
    panel.caption_changed.connect(captions.append)
    panel.show_snapshot(xor_run.snapshot_at(Cursor(0, 0, 0)))
    panel.show_snapshot(xor_run.snapshot_at(Cursor(2400, 0, 0)))
    assert [captions[0], captions[-1]] == ["2 of 4 right", "4 of 4 right"]


def test_a_click_selects_a_sample(qtbot: QtBot, opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    with qtbot.waitSignal(panel.sample_selected) as heard:
        QTest.mouseClick(panel.cards, Qt.MouseButton.LeftButton, pos=panel.cards.rect_of(2).center().toPoint())
    assert heard.args == [2]
    assert panel.selected() == 2
    edge = panel.cards.rect_of(2)
    pixels = colours_in(panel.cards.grab().toImage(), edge.left() - 2, edge.center().y(), 4, 2)
    assert LIGHT.accent.lower() in pixels
    with qtbot.assertNotEmitted(panel.sample_selected):
        panel.set_sample(1)
    assert panel.selected() == 1


def test_arrow_keys_select_once_the_cards_have_the_focus_and_step_the_run_otherwise(
    qtbot: QtBot, xor_run: Trainer
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = SamplesPanel()
    window.setCentralWidget(panel)
    step = QAction(window, shortcut=Qt.Key.Key_Right)
    window.addAction(step)
    steps: list[str] = []
    step.triggered.connect(lambda: steps.append("step"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    panel.start_run(xor_run.experiment, xor_run.dataset)
    panel.show_snapshot(xor_run.snapshot())

    assert panel.selected() == 1, "the first sample whose inputs are not all zero"
    panel.cards.setFocus()
    QTest.keyClick(panel.cards, Qt.Key.Key_Right)
    assert panel.selected() == 2
    QTest.keyClick(panel.cards, Qt.Key.Key_Left)
    assert panel.selected() == 1
    QTest.keyClick(panel.cards, Qt.Key.Key_End)
    QTest.keyClick(panel.cards, Qt.Key.Key_Right)
    assert panel.selected() == 3, "there is none beyond the last"
    assert not steps

    panel.cards.clearFocus()
    QTest.mouseClick(panel.cards, Qt.MouseButton.LeftButton, pos=panel.cards.rect_of(0).center().toPoint())
    assert not panel.cards.hasFocus(), "a click leaves the arrow keys to the run"
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert steps == ["step"]


def test_a_new_run_says_which_sample_is_selected(qtbot: QtBot, opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    panel.set_sample(3)
    with qtbot.waitSignal(panel.sample_selected) as heard:
        panel.start_run(xor_run.experiment, xor_run.dataset)
    assert heard.args == [3]
    assert panel.cards.count() == 0, "nothing of the run before is left"


@pytest.mark.parametrize("size", [(236, 110), (352, 130), (530, 90), (1900, 500)])
def test_all_four_cards_have_room_at_every_size(opened: Opener, xor_run: Trainer, size: tuple[int, int]) -> None:
    panel = opened(xor_run, size=size)
    cards = panel.cards
    assert cards.shown() == range(4)
    rects = [cards.rect_of(index) for index in range(4)]
    assert all(cards.rect().contains(rect.toAlignedRect()) for rect in rects)
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[n + 1 :])


def hundred_points() -> Dataset:
    random = np.random.default_rng(0)
    x = random.uniform(-1, 1, (100, 2))
    labels = (x[:, 0] > 0).astype(np.int64)
    info = DatasetInfo(inputs=2, outputs=1, samples=100)
    return Dataset("points", info, Samples(x, labels[:, np.newaxis].astype(float), labels))


def test_of_many_samples_those_with_room_are_shown_and_all_are_counted(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    points = hundred_points()
    captions: list[str] = []
    panel.caption_changed.connect(captions.append)
    panel.start_run(xor_run.experiment, points)
    panel.show_snapshot(xor_run.snapshot())
    answers = predicted_classes(xor_run.snapshot().predict(points.train.x))
    right = int((answers == points.train.labels).sum())
    shown = panel.cards.shown()
    assert 0 < len(shown) < 100
    assert captions[-1] == f"samples 1–{len(shown)}, {right} of 100 right"
    panel.set_sample(99)
    assert 99 in panel.cards.shown()
    assert panel.cards.card(99).title == f"({points.train.x[99, 0]:.3g}, {points.train.x[99, 1]:.3g}) → ".replace(
        "-", "−"
    ) + str(points.train.labels[99])


# --- images


def test_images_are_answered_by_the_parameters_of_the_moment(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    test = mnist_run.dataset.test
    assert test is not None
    assert panel.images.rows().tolist() == list(range(len(panel.images.rows())))
    for cursor in (Cursor(0, 937, 6), Cursor(0, 0, 0), Cursor(1, 1, 6)):
        snapshot = mnist_run.snapshot_at(cursor)
        panel.show_snapshot(snapshot)
        predicted = predicted_classes(snapshot.predict(test.x[panel.images.rows()]))
        actual = test.labels[panel.images.rows()]
        expected = [(str(p), str(a)) for p, a in zip(predicted, actual, strict=True)]
        assert panel.images.thumbnails.answers() == expected


def test_the_pictures_on_the_page_are_those_of_the_test_set(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    test = mnist_run.dataset.test
    assert test is not None
    picture = panel.images.thumbnails.grab().toImage()
    for place in (0, 5, 11):
        rect = panel.images.thumbnails.image_rect(place)
        pixels = np.array(
            [
                [
                    picture.pixelColor(
                        int(rect.left() + (column + 0.5) * rect.width() / 28),
                        int(rect.top() + (row + 0.5) * rect.height() / 28),
                    ).lightnessF()
                    for column in range(28)
                ]
                for row in range(28)
            ]
        )
        likeness = [np.corrcoef(pixels.ravel(), image)[0, 1] for image in test.x[:200]]
        assert np.argmax(likeness) == place
        assert likeness[place] > 0.7


def test_wrong_images_are_ringed_crossed_and_name_the_right_digit(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, size=(1106, 200))
    answers = panel.images.thumbnails.answers()
    image = panel.images.thumbnails.grab().toImage()
    seen = set()
    for place, (predicted, actual) in enumerate(answers):
        rect = panel.images.thumbnails.image_rect(place)
        below = colours_in(image, rect.left(), rect.bottom() + 2, rect.width(), 14)
        ring = image.pixelColor(QPointF(rect.left(), rect.center().y()).toPoint()).name()
        right = predicted == actual
        seen.add(right)
        assert (LIGHT.right if right else LIGHT.wrong).lower() in below
        assert (ring == LIGHT.wrong.lower()) is not right
    assert seen == {True, False}


def test_a_picture_is_explained_under_the_pointer(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    thumbnails = panel.images.thumbnails
    outputs = mnist_run.predict(mnist_run.dataset.test.x[:12])  # type: ignore[union-attr]
    for place, (predicted, actual) in enumerate(thumbnails.answers()[:12]):
        assert thumbnails.place_at(thumbnails.image_rect(place).center()) == place
        text = thumbnails.explain(place)
        assert text.startswith(f"x_test[{place}]: ")
        assert f"taken for {predicted}" in text
        assert f"{outputs[place, int(predicted)]:.4f}" in text
        assert (f"but is {actual}" in text) == (predicted != actual)


def test_the_caption_says_how_many_are_right_and_after_which_epoch(opened: Opener, mnist_run: Trainer) -> None:
    captions: list[str] = []
    panel = opened(mnist_run)
    panel.caption_changed.connect(captions.append)
    panel.show_history(mnist_run.history.view().until(0))
    panel.show_history(mnist_run.history.view())
    share = f"{100 * mnist_run.history.accuracy[0]:.2f} % right after epoch 0"
    shown = panel.images.thumbnails.capacity()
    assert captions[-1] == f"1–{shown} of 10,000 · {share}"
    panel.show_history(mnist_run.history.view().until(0))
    assert captions[-1] == f"1–{shown} of 10,000", "before the first epoch ends there is no share to tell"


def test_pages_are_turned_by_button_key_and_wheel(qtbot: QtBot, opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    images = panel.images
    capacity = images.thumbnails.capacity()
    assert not images.previous_button.isEnabled()
    images.next_button.click()
    assert images.rows()[0] == capacity
    QTest.keyClick(images.thumbnails, Qt.Key.Key_PageDown)
    assert images.rows()[0] == 2 * capacity
    QTest.keyClick(images.thumbnails, Qt.Key.Key_PageUp)
    assert images.rows()[0] == capacity
    QTest.keyClick(images.thumbnails, Qt.Key.Key_End)
    assert images.rows()[-1] == 9999
    assert not images.next_button.isEnabled()
    images.next_button.click()
    assert images.rows()[-1] == 9999
    QTest.keyClick(images.thumbnails, Qt.Key.Key_Home)
    assert images.rows()[0] == 0
    test = mnist_run.dataset.test
    assert test is not None
    assert [actual for _, actual in images.thumbnails.answers()] == [str(n) for n in test.labels[:capacity]]


def test_one_digit_can_be_looked_at_alone(opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run)
    panel.images.set_filter(8)
    assert {actual for _, actual in panel.images.thumbnails.answers()} == {"8"}
    assert panel.images.rows()[0] == np.flatnonzero(mnist_run.dataset.test.labels == 8)[0]  # type: ignore[union-attr]
    panel.images.set_filter("all")
    assert panel.images.rows()[0] == 0


def wrong_rows(run: Trainer, parameters_of: Cursor) -> Array:
    test = run.dataset.test
    assert test is not None
    return np.flatnonzero(predicted_classes(run.snapshot_at(parameters_of).predict(test.x)) != test.labels)


def test_all_that_is_wrong_can_be_looked_at(qtbot: QtBot, opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, 937, 6))
    captions: list[str] = []
    panel.caption_changed.connect(captions.append)
    panel.images.set_filter("wrong")
    expected = wrong_rows(mnist_run, Cursor(0, 937, 6))
    qtbot.waitUntil(lambda: len(panel.images.rows()) > 0)
    assert panel.images.rows().tolist() == expected[: panel.images.thumbnails.capacity()].tolist()
    assert all(predicted != actual for predicted, actual in panel.images.thumbnails.answers())
    assert f"of {len(expected):,} wrong · " in captions[-1], "the share right is of the same moment"
    assert len(expected) == 10_000 - round(10_000 * mnist_run.history.accuracy[0])


def test_what_is_wrong_is_looked_up_again_where_a_run_pauses(qtbot: QtBot, opened: Opener, mnist_run: Trainer) -> None:
    panel = opened(mnist_run, Cursor(0, 937, 6))
    captions: list[str] = []
    panel.caption_changed.connect(captions.append)
    panel.images.set_filter("wrong")
    qtbot.waitUntil(lambda: len(panel.images.rows()) > 0)
    panel.show_snapshot(mnist_run.snapshot_at(Cursor(1, 1, 6)))
    later = wrong_rows(mnist_run, Cursor(1, 1, 6))
    qtbot.waitUntil(lambda: f" {len(later):,} wrong at epoch 1, batch 1" in captions[-1])
    assert panel.images.rows().tolist() == later[: panel.images.thumbnails.capacity()].tolist()


def test_looking_for_all_that_is_wrong_keeps_the_window_for_moments_only(
    opened: Opener, mnist_run: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = opened(mnist_run)
    asked: list[int] = []
    snapshot = mnist_run.snapshot()
    monkeypatch.setattr(type(snapshot), "predict", lambda self, x: asked.append(len(x)) or mnist_run.predict(x))
    panel.images.set_filter("wrong")
    panel.show_snapshot(snapshot)
    assert sum(asked) <= 2 * panel.images.thumbnails.capacity(), "nothing but the page is answered at once"


@pytest.mark.parametrize("size", [(100, 60), (236, 110), (352, 130), (1106, 90), (1900, 500), (3800, 1000)])
def test_as_many_images_as_fit_and_none_beyond_the_edge(
    opened: Opener, mnist_run: Trainer, size: tuple[int, int]
) -> None:
    panel = opened(mnist_run, size=size)
    thumbnails = panel.images.thumbnails
    assert len(panel.images.rows()) == thumbnails.capacity() <= 120
    last = thumbnails.image_rect(thumbnails.capacity() - 1)
    assert thumbnails.rect().contains(last.toAlignedRect())
    if thumbnails.capacity() < 80 and size[0] > 300:
        assert thumbnails.capacity() * (last.width() + 20) > size[0] - 60, "the row is filled"


def test_long_class_names_have_room(qtbot: QtBot, mnist: Dataset) -> None:
    names = ("T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Boot")
    info = DatasetInfo(784, 10, 60_000, 10_000, (28, 28), names)
    run = Trainer(MNIST, mnist, evaluate=False)
    panel = SamplesPanel()
    qtbot.addWidget(panel)
    panel.resize(1106, 200)
    panel.show()
    panel.start_run(MNIST, Dataset("fashion", info, mnist.train, mnist.test))
    panel.show_snapshot(run.snapshot())
    first, second = (panel.images.thumbnails.image_rect(place) for place in (0, 1))
    assert second.left() - first.left() > 60
    assert set(dict(panel.images.thumbnails.answers())) <= set(names)


# --- manners


def test_a_hidden_panel_only_remembers_and_shows_the_newest_when_seen(
    opened: Opener, xor_run: Trainer, mnist_run: Trainer
) -> None:
    panel = opened(xor_run, Cursor(0, 0, 0))
    before = cards_of(panel)
    panel.hide()
    panel.show_snapshot(xor_run.snapshot_at(Cursor(2400, 0, 0)))
    assert cards_of(panel) == before
    panel.show()
    assert cards_of(panel) != before

    panel = opened(mnist_run, Cursor(0, 0, 0))
    answers = panel.images.thumbnails.answers()
    panel.hide()
    panel.show_snapshot(mnist_run.snapshot_at(Cursor(0, 937, 6)))
    assert panel.images.thumbnails.answers() == answers
    panel.show()
    assert panel.images.thumbnails.answers() != answers


def test_the_controls_of_images_stand_in_the_header_only_for_images(
    qtbot: QtBot, xor_run: Trainer, mnist_run: Trainer
) -> None:
    panel = SamplesPanel()
    dock = PanelDock(panel.title(), panel)
    qtbot.addWidget(dock)
    for control in panel.controls():
        dock.header.addWidget(control)
        assert control.accessibleName()
        assert control.toolTip()
    dock.show()
    for run, offered in ((xor_run, False), (mnist_run, True), (xor_run, False)):
        panel.start_run(run.experiment, run.dataset)
        assert [control.isVisible() for control in panel.controls()] == [offered] * 3


def test_colours_follow_the_theme(opened: Opener, xor_run: Trainer) -> None:
    panel = opened(xor_run)
    panel.set_theme(DARK)
    image = panel.grab().toImage()
    assert image.pixelColor(QPoint(0, 89)).name() == DARK.card.lower()
    inside = panel.cards.rect_of(0).center().toPoint()
    assert image.pixelColor(inside).name() == DARK.field.lower()


def test_a_person_who_cannot_see_it_is_told_the_answers(opened: Opener, xor_run: Trainer, mnist_run: Trainer) -> None:
    panel = opened(xor_run, Cursor(2400, 0, 4))
    outputs = xor_run.snapshot_at(Cursor(2400, 0, 4)).predict(xor_run.dataset.train.x)[:, 0]
    assert panel.accessibleName() == "Samples"
    assert panel.summary().startswith(f"4 of 4 right. (0, 0) → 0: {outputs[0]:.3f}, right.")
    panel = opened(mnist_run)
    right = sum(predicted == actual for predicted, actual in panel.images.thumbnails.answers())
    assert panel.summary().startswith(f"{right} of the {len(panel.images.rows())} images shown")
