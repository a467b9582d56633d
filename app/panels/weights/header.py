"""WeightsHeader: the controls of the weights panel: what is shown of the weights, how, and of which layer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox

from app.panels.weights.quantities import ALL
from app.widgets.segmented import Segmented


class WeightsHeader(QObject):
    """``layers`` is there only where side by side there is room for but one of them."""

    view_chosen = Signal(str)
    """A person has chosen "tiles", "matrix" or "histogram"."""
    layer_chosen = Signal(int)
    """A person has chosen a layer, counted from 1."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.quantity = self._make_quantity()
        self.views, self.layers = QComboBox(), QComboBox()
        for box in (self.views, self.layers):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            # A click leaves the keyboard to the window, as it does with the other choices.
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.views.setAccessibleName(self.tr("Weights as"))
        self.views.setToolTip(
            self.tr(
                "As small images, one a hidden unit: which pixels speak for it and which against it; "
                "as the matrix they are: one row an input, one column a unit; "
                "or as a histogram: how many weights are how large"
            )
        )
        self.views.activated.connect(lambda: self.view_chosen.emit(self.views.currentData()))
        self.layers.setAccessibleName(self.tr("Layer"))
        self.layers.setToolTip(self.tr("The layer of which all four are shown: here is no room for all layers"))
        self.layers.activated.connect(lambda index: self.layer_chosen.emit(index + 1))
        self.layers.hide()

    def _make_quantity(self) -> Segmented:
        choices = {
            "weights": (self.tr("Weights"), self.tr("The weights as they are: what the network knows")),
            "gradient": (
                self.tr("Gradient"),
                self.tr(
                    "The gradient of the objective for this batch: the update goes against it, times the learning rate"
                ),
            ),
            "last": (
                self.tr("Last change"),
                self.tr("What this step's update has added to the weights: minus the learning rate times the gradient"),
            ),
            "change": (
                self.tr("Since start"),
                self.tr(
                    "How far the weights have moved since the start: what has been learnt, without the random start"
                ),
            ),
            ALL: (
                self.tr("All"),
                self.tr("All four side by side: how a gradient becomes a change, and how changes add up"),
            ),
        }
        chooser = Segmented([(key, label) for key, (label, _) in choices.items()], self.tr("Shown of the weights"))
        for key, (_, tip) in choices.items():
            chooser.button(key).setToolTip(tip)
        return chooser

    def offer_views(self, images: bool) -> None:
        """Offer what there is to choose; tiles only of weights over ``images``."""
        names = {"tiles": self.tr("Tiles"), "matrix": self.tr("Matrix"), "histogram": self.tr("Histogram")}
        if not images:
            del names["tiles"]
        self.views.clear()
        for key, name in names.items():
            self.views.addItem(name, key)

    def offer_layers(self, symbols: Sequence[str]) -> None:
        """Offer layers by what their weights are called."""
        self.layers.clear()
        self.layers.addItems(list(symbols))

    def follow(self, view: str, layer: int, only_one: bool) -> None:
        """Show what is shown: a view, and the layer of which it is if there is room for ``only_one``."""
        self.views.setCurrentIndex(self.views.findData(view))
        self.layers.setCurrentIndex(layer - 1)
        # Without a header to stand in it would open as a window of its own.
        self.layers.setVisible(only_one and self.layers.parent() is not None)
