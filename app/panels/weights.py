"""WeightsPanel: every layer's weights as heat maps, their gradient, and their change since the start."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.panels.base import Panel
from app.panels.layer_titles import LayerTitles
from app.panels.weights_options import WeightsOptions
from app.theme import Theme, number_font
from app.widgets.arrangement import arrange
from app.widgets.colour_scale import Levels, centred_range, diverging, full_range, viridis
from app.widgets.heat_data import HeatData
from app.widgets.heat_view import HeatView
from app.widgets.matrix_view import MatrixView
from app.widgets.segmented import Segmented
from app.widgets.tiles import TilesView
from app.widgets.value_text import readable
from backprop import Dataset, Experiment, Snapshot
from backprop.arrays import Array

_GAP = 16
_EXPORT_MARGIN = 24
_EXPORT_HEADING = 44


class WeightsPanel(Panel):
    """One heat map a layer, side by side, each with a colour bar of its own."""

    name = "weights"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 96)
        self._snapshot: Snapshot | None = None
        self._titles: LayerTitles | None = None
        self._heading = ""
        self._exporting = False
        self._stale = False
        #: The views by the number of their layer, from 1.
        self.views: dict[int, HeatView] = {}
        self._locked: dict[tuple[str, str, int], Levels] = {}
        self._quantity = self._make_quantity()
        self._first = self._make_first()
        self._options = WeightsOptions()
        self._options.changed.connect(self._change_options)

    def _make_quantity(self) -> Segmented:
        chooser = Segmented(
            [
                ("weights", self.tr("Weights")),
                ("gradient", self.tr("Gradient")),
                ("change", self.tr("Change")),
            ],
            self.tr("Shown of the weights"),
        )
        chooser.button("weights").setToolTip(self.tr("The weights as they are: what the network knows"))
        chooser.button("gradient").setToolTip(
            self.tr("The gradient of the objective for this batch: the update goes against it, times the learning rate")
        )
        chooser.button("change").setToolTip(
            self.tr("How far the weights have moved since the start: what has been learnt, without the random start")
        )
        chooser.changed.connect(self._refresh)
        return chooser

    def _make_first(self) -> Segmented:
        chooser = Segmented([("tiles", self.tr("Tiles")), ("matrix", self.tr("Matrix"))], self.tr("First layer as"))
        chooser.button("tiles").setToolTip(
            self.tr("One small image a hidden unit: which pixels speak for it, and which against it")
        )
        chooser.button("matrix").setToolTip(self.tr("The matrix as it is: one row a pixel, one column a hidden unit"))
        chooser.changed.connect(self._build_views)
        chooser.hide()
        return chooser

    def title(self) -> str:
        return self.tr("Weights")

    def controls(self) -> list[QWidget]:
        return [self._first, self._quantity, self._options]

    # --- what a person chooses

    def quantity(self) -> str:
        """Return what is shown: "weights", "gradient" or "change"."""
        return self._quantity.value()

    def set_quantity(self, key: str) -> None:
        """Show "weights", "gradient" or "change"."""
        self._quantity.set_value(key)

    def set_first_layer(self, key: str) -> None:
        """Show a first layer over images as "tiles" or as "matrix"."""
        self._first.set_value(key)

    @property
    def options(self) -> WeightsOptions:
        """The choices behind the button in the header."""
        return self._options

    def _change_options(self) -> None:
        if not self._options.locked():
            self._locked.clear()
        self._arrange()
        self._refresh()

    # --- the run

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        shapes_differ = self._titles is None or self._titles.sizes != LayerTitles(experiment, dataset).sizes
        self._titles = LayerTitles(experiment, dataset)
        self._snapshot = None
        if shapes_differ:
            # Kept over runs of the same network, a locked scale lets them be compared.
            self._locked.clear()
            self._options.set_layers([self._titles.title(n) for n in self._titles.layers])
        self._build_views()

    def _build_views(self) -> None:
        for old in self.views.values():
            old.hide()
            old.deleteLater()
        self.views.clear()
        if self._titles is None:
            return
        shape = self._titles.dataset.info.image_shape
        # Without a header to stand in it would open as a window of its own.
        self._first.setVisible(shape is not None and self._first.parent() is not None)
        for number in self._titles.layers:
            tiled = shape is not None and number == 1 and self._first.value() == "tiles" and not self._exporting
            view: HeatView = TilesView(shape) if tiled and shape is not None else MatrixView()
            view.setParent(self)
            self._name_view(view, number)
            view.set_theme(self.theme)
            view.show()
            self.views[number] = view
        self._arrange()
        self._refresh()

    def _name_view(self, view: HeatView, number: int) -> None:
        assert self._titles is not None
        if self._exporting:
            view.set_exporting()
            view.set_titles(self._titles.figure_title(number))
        else:
            view.set_titles(
                self._titles.title_with_size(number), self._titles.title(number), self._titles.symbol(number)
            )
        view.setAccessibleName(self._titles.title(number))
        view.explain = self._titles.explainer(number)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._refresh()

    def _refresh(self) -> None:
        """Show the newest snapshot, or remember to when the panel is next seen."""
        self._stale = not (self.isVisible() or self._exporting)
        if self._stale or self._snapshot is None:
            return
        for number, view in self.views.items():
            if not view.isHidden():
                self._show_layer(self._snapshot, number, view)

    def _show_layer(self, snapshot: Snapshot, number: int, view: HeatView) -> None:
        assert self._titles is not None
        arrays = self._arrays(snapshot, number)
        if arrays is None:
            view.show_message(
                self.tr("Not computed yet in this step: it comes with phase Backward {layer}.").format(layer=number)
            )
            return
        values, biases = arrays
        name, bias_name = self._titles.array_names(number, self.quantity())
        levels, table = self._levels(arrays, number), viridis()
        if self._options.colours(self.quantity()) == "diverging":
            table = diverging(self.theme)
        view.show_data(HeatData(values, biases, levels, table, name, bias_name))

    def _arrays(self, snapshot: Snapshot, number: int) -> tuple[Array, Array | None] | None:
        """Return weights and biases of a layer, their gradients or changes; None where they are not computed yet."""
        source = snapshot.gradients if self.quantity() == "gradient" else snapshot.parameters
        weights, biases = source.get(f"W{number}"), source.get(f"b{number}")
        if weights is None:
            return None
        if self._exporting:
            biases = None
        if self.quantity() == "change":
            weights = weights - snapshot.initial_parameters[f"W{number}"]
            biases = None if biases is None else biases - snapshot.initial_parameters[f"b{number}"]
        return weights, biases

    def _levels(self, arrays: tuple[Array, Array | None], number: int) -> Levels:
        colours = self._options.colours(self.quantity())
        given = [array for array in arrays if array is not None]
        key = (self.quantity(), colours, number)
        if self._options.locked() and key in self._locked:
            return self._locked[key]
        levels = centred_range(*given) if colours == "diverging" else full_range(*given)
        if self._options.locked():
            self._locked[key] = levels
        return levels

    # --- looks

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._options.set_theme(theme)
        self._quantity.set_theme(theme)
        self._first.set_theme(theme)
        for view in self.views.values():
            view.set_theme(theme)
        self._refresh()

    def set_exporting(self, title: str) -> None:
        self._heading = title
        self._exporting = True
        self._build_views()

    def summary(self) -> str:
        if self._snapshot is None or self._titles is None:
            return ""
        parts = [self._what().format(epoch=self._snapshot.cursor.epoch)]
        for number in self._titles.layers:
            arrays = self._arrays(self._snapshot, number)
            if arrays is None:
                parts.append(self.tr("{title}: not computed yet.").format(title=self._titles.title(number)))
                continue
            low, high = float(arrays[0].min()), float(arrays[0].max())
            parts.append(
                self.tr("{title}: from {low} to {high}.").format(
                    title=self._titles.title_with_size(number), low=readable(low), high=readable(high)
                )
            )
        return " ".join(parts)

    def _what(self) -> str:
        return {
            "weights": self.tr("The weights at epoch {epoch}."),
            "gradient": self.tr("The gradient of the weights at epoch {epoch}."),
            "change": self.tr("The change of the weights from the start to epoch {epoch}."),
        }[self.quantity()]

    # --- layout and painting

    def _arrange(self) -> None:
        only = self._options.layer()
        shown = [number for number in self.views if only is None or number == only or self._exporting]
        for number, view in self.views.items():
            view.setVisible(number in shown)
        room = QRect(0, 0, self.width(), self.height())
        if self._exporting:
            heading = _EXPORT_HEADING if self._heading else _EXPORT_MARGIN
            room.adjust(_EXPORT_MARGIN, heading, -_EXPORT_MARGIN, -_EXPORT_MARGIN)
        shares = [self._share(number) for number in shown]
        for number, place in zip(shown, arrange(room, shares, _GAP), strict=True):
            self.views[number].setGeometry(place)

    def _share(self, number: int) -> float:
        """Return how much width a layer wants: more columns more, tiles most, and in a figure all the same."""
        assert self._titles is not None
        if self._exporting:
            return 1.0
        share: float = self._titles.sizes[number] ** 0.35
        return 1.6 * share if isinstance(self.views[number], TilesView) else share

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.card))
        if self._exporting and self._heading:
            painter.setFont(number_font(13.5, bold=True))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(QRect(0, 0, self.width(), _EXPORT_HEADING), Qt.AlignmentFlag.AlignCenter, self._heading)
