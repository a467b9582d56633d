"""WeightsPanel: every layer's weights, their gradient and their changes, as heat maps or histograms."""

from __future__ import annotations

from typing import Self

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app import wording
from app.look.fonts import number_font
from app.look.theme import Theme
from app.panels.base import Panel
from app.panels.layer_titles import LayerTitles
from app.panels.weights import quantities
from app.panels.weights.header import WeightsHeader
from app.panels.weights.options import WeightsOptions
from app.panels.weights.quantities import ALL, QUANTITIES, Numbers
from app.panels.weights.scales import Place, Scales
from app.panels.weights.side_by_side import fit, rows_of_quantities
from app.widgets.arrangement import arrange
from app.widgets.colour_scale import ColourTable, diverging, viridis
from app.widgets.heat_data import Cell, HeatData
from app.widgets.heat_pane import HeatPane
from app.widgets.heat_view import HeatView
from app.widgets.histogram_pane import HistogramPane
from app.widgets.matrix_view import MatrixView
from app.widgets.sheet import Arranger, Pane, Sheet
from app.widgets.tiles import TilesView
from app.widgets.value_text import readable
from backprop import Dataset, Experiment, Snapshot

_GAP = 16
_EXPORT_MARGIN = 24
_EXPORT_HEADING = 44


class WeightsPanel(Panel):
    """One picture a layer, or all quantities of a layer side by side."""

    name = "weights"

    parameter_selected = Signal(str, object)
    """The name of a parameter array and the index in it, a tuple of ints: ("W1", (0, 1)). A map was clicked there."""

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
        self._view = "tiles"
        #: Large maps by the number of their layer, from 1; none while the sheet is shown instead.
        self.views: dict[int, HeatView] = {}
        #: Small maps and histograms, by quantity and layer.
        self.panes: dict[Place, Pane] = {}
        #: For which choices, and which run, they were made.
        self._built: tuple[object, ...] = ()
        self.sheet = Sheet(self)
        self.sheet.setAccessibleName(self.title())
        self.sheet.hide()
        self.sheet.chosen.connect(self._choose_spot)
        self.header = WeightsHeader()
        self.header.quantity.changed.connect(self._build)
        self.header.view_chosen.connect(self.set_view)

        #: The choices behind the button in the header.
        self.options = WeightsOptions()
        self.options.changed.connect(self._change_options)
        self.header.layer_chosen.connect(self.options.set_layer)
        self._scales = Scales(self.options)

    def title(self) -> str:
        return self.tr("Weights")

    def controls(self) -> list[QWidget]:
        return [self.header.layers, self.header.views, self.header.quantity, self.options]

    # --- what a person chooses

    def quantity(self) -> str:
        """Return what is shown: "weights", "gradient", "last", "change" or, side by side, "all"."""
        return self.header.quantity.value()

    def set_quantity(self, key: str) -> None:
        """Show one of the above. Raises KeyError for any other."""
        self.header.quantity.set_value(key)

    def view(self) -> str:
        """Return how it is shown: a first layer over images as "tiles", as "matrix", or as "histogram"."""
        return "matrix" if self._view == "tiles" and self._image_shape() is None else self._view

    def set_view(self, key: str) -> None:
        """Show it as "tiles" (which only a first layer over images is), "matrix" or "histogram"."""
        if key != self._view:
            self._view = key
            self._build()

    def _change_options(self) -> None:
        if not self.options.locked():
            self._scales.forget()
        self._build()

    def _choose_spot(self, pane: Pane, spot: object) -> None:
        if isinstance(pane, HeatPane) and isinstance(spot, Cell):
            self._select(int(str(pane.group)), spot)

    def _select(self, layer: int, cell: Cell) -> None:
        if cell.row is None:
            self.parameter_selected.emit(f"b{layer}", (cell.column,))
        else:
            self.parameter_selected.emit(f"W{layer}", (cell.row, cell.column))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice clicks on the large maps, which do not tell of them."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            for layer, view in self.views.items():
                cell = view.cell_at(event.position()) if watched is view.viewport() else None
                if cell is not None and event.button() == Qt.MouseButton.LeftButton:
                    self._select(layer, cell)
        return super().eventFilter(watched, event)

    # --- the run

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        titles = LayerTitles(experiment, dataset)
        shapes_differ = self._titles is None or self._titles.sizes != titles.sizes
        images_differ = self._titles is None or self._image_shape() != dataset.info.image_shape
        self._titles = titles
        self._snapshot = None
        if shapes_differ:
            # Kept over runs of the same network, a locked scale lets them be compared.
            self._scales.forget()
            self.options.set_layers([titles.title(n) for n in titles.layers])
            self.header.offer_layers([titles.symbol(n) for n in titles.layers])
        if images_differ:
            self.header.offer_views(images=self._image_shape() is not None)
        self._build()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._refresh()

    def _image_shape(self) -> tuple[int, int] | None:
        return None if self._titles is None else self._titles.dataset.info.image_shape

    # --- building

    def _in_sheet(self) -> bool:
        """Return whether small pictures are shown, and not one large map a layer."""
        return not self._exporting and (self.quantity() == ALL or self.view() == "histogram")

    def _shown_quantities(self) -> tuple[str, ...]:
        return QUANTITIES if self.quantity() == ALL else (self.quantity(),)

    def _shown_layers(self) -> list[int]:
        """Return which layers are shown, from 1: all, the chosen one or, where there is no room, the first."""
        assert self._titles is not None
        layers, only = list(self._titles.layers), self.options.layer()
        if self._exporting:
            return layers
        if only is not None:
            return [only]
        if self.quantity() == ALL and not fit(len(layers), self.height(), self.view()):
            return layers[:1]
        return layers

    def _tiled(self, layer: int) -> bool:
        return layer == 1 and self.view() == "tiles" and self._image_shape() is not None and not self._exporting

    def _build(self) -> None:
        """Make the pictures for what is chosen, unless they are there, and show the numbers in them."""
        if self._titles is None:
            return
        layers = self._shown_layers()
        quantities_shown = self._shown_quantities() if self._in_sheet() else ()
        wanted = (self._titles, self._in_sheet(), self.view(), self._exporting, tuple(layers), quantities_shown)
        if wanted != self._built:
            self._built = wanted
            self._make(layers)
        self.header.follow(self.view(), layers[0], self.quantity() == ALL and len(layers) < len(self._titles.layers))
        self._refresh()

    def _make(self, layers: list[int]) -> None:
        for old in self.views.values():
            old.hide()
            old.deleteLater()
        self.views.clear()
        self.panes.clear()
        if self._in_sheet():
            self.panes = {(q, layer): self._make_pane(q, layer) for layer in layers for q in self._shown_quantities()}
            self.sheet.set_panes(list(self.panes.values()), self._arranger())
        else:
            self.views = {layer: self._make_view(layer) for layer in layers}
        self.sheet.setVisible(self._in_sheet())
        self._arrange()

    def _make_view(self, number: int) -> HeatView:
        assert self._titles is not None
        shape, titles = self._image_shape(), self._titles
        view: HeatView = TilesView(shape) if shape is not None and self._tiled(number) else MatrixView()
        view.setParent(self)
        if self._exporting:
            view.set_exporting()
            view.set_titles(titles.figure_title(number))
        else:
            view.set_titles(titles.title_with_size(number), titles.title(number), titles.symbol(number))
        view.setAccessibleName(titles.title(number))
        view.explain = titles.explainer(number)
        view.viewport().installEventFilter(self)
        view.set_theme(self.theme)
        view.show()
        return view

    def _make_pane(self, quantity: str, number: int) -> Pane:
        assert self._titles is not None
        pane: Pane
        if self.view() == "histogram":
            pane = HistogramPane((quantity, number))
            pane.axis_names = quantities.axis_names(quantity)
        else:
            pane = HeatPane(number, self._image_shape() if self._tiled(number) else None)
            pane.explain = self._titles.explainer(number)
            # Weights of neighbouring pixels begin as noise, which blending would hide; what is learnt is smooth.
            pane.blended = quantity != "weights"
        if self.quantity() == ALL:
            pane.titles = quantities.titles(quantity, self._titles.symbol(number))
        else:
            pane.titles = (
                self._titles.title_with_size(number),
                self._titles.title(number),
                self._titles.symbol(number),
            )
        return pane

    # --- showing

    def _refresh(self) -> None:
        """Show the newest snapshot, or remember to when the panel is next seen."""
        self._stale = not (self.isVisible() or self._exporting)
        if self._stale or self._snapshot is None or self._titles is None:
            return
        shown: dict[Place, Numbers] = {}
        for layer in self._shown_layers():
            for quantity in self._shown_quantities():
                numbers = quantities.numbers(self._snapshot, layer, quantity)
                if numbers is not None:
                    shown[quantity, layer] = (numbers[0], None) if self._exporting else numbers
                else:
                    self._show_message(quantity, layer)
        if self._in_sheet():
            if self.view() == "histogram":
                self._show_histograms(shown)
            else:
                self._show_panes(shown)
            self.sheet.refresh()
        else:
            for (_, layer), data in self._data(shown).items():
                self.views[layer].show_data(data)

    def _show_message(self, quantity: str, layer: int) -> None:
        text = quantities.waiting(quantity, layer)
        if self._in_sheet():
            self.panes[quantity, layer].message = text
        else:
            self.views[layer].show_message(text)

    def _data(self, shown: dict[Place, Numbers]) -> dict[Place, HeatData]:
        assert self._titles is not None
        levels = self._scales.levels(shown)
        return {
            (q, layer): HeatData(*numbers, levels[q, layer], self._table(q), *self._titles.array_names(layer, q))
            for (q, layer), numbers in shown.items()
        }

    def _table(self, quantity: str) -> ColourTable:
        return diverging(self.theme) if self.options.colours(quantity) == "diverging" else viridis()

    def _show_panes(self, shown: dict[Place, Numbers]) -> None:
        for place, data in self._data(shown).items():
            pane = self.panes[place]
            assert isinstance(pane, HeatPane)
            # Only a scale that is kept can be too short.
            pane.show_data(data, data.beyond() if self.options.locked() else (False, False))

    def _show_histograms(self, shown: dict[Place, Numbers]) -> None:
        reaches = self._scales.reaches(shown)
        for place, numbers in shown.items():
            pane = self.panes[place]
            assert isinstance(pane, HistogramPane)
            pane.logarithmic = self.options.logarithmic(place[0], numbers[0].size)
            pane.show_values(*numbers, reaches[place])

    # --- looks

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.options.set_theme(theme)
        self.header.quantity.set_theme(theme)
        self.sheet.set_theme(theme)
        for view in self.views.values():
            view.set_theme(theme)
        self._refresh()

    def set_colours(self, name: str) -> None:
        self.options.set_colours(name)

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self._heading = title
        self._exporting = True
        self._build()

    def take_over(self, before: Self) -> None:
        self._view = before._view
        self.options.take_over(before.options)
        self._scales.take_over(before._scales)
        self.set_quantity(before.quantity())
        self._build()

    def summary(self) -> str:
        if self._snapshot is None or self._titles is None:
            return ""
        parts = []
        for quantity in self._shown_quantities():
            parts.append(quantities.sentence(quantity).format(epoch=self._snapshot.cursor.epoch))
            parts += [self._range_in_words(self._snapshot, quantity, number) for number in self._shown_layers()]
        return wording.together(*parts)

    def _range_in_words(self, snapshot: Snapshot, quantity: str, number: int) -> str:
        assert self._titles is not None
        numbers = quantities.numbers(snapshot, number, quantity)
        if numbers is None:
            return self.tr("{title}: not computed yet.").format(title=self._titles.title(number))
        low, high = float(numbers[0].min()), float(numbers[0].max())
        return self.tr("{title}: from {low} to {high}.").format(
            title=self._titles.title_with_size(number), low=readable(low), high=readable(high)
        )

    # --- layout and painting

    def _arranger(self) -> Arranger:
        """Return what knows where the panes of the sheet stand, also when others are chosen and it is out of sight."""
        if self.quantity() == ALL:
            return rows_of_quantities
        shares = [self._share(layer) for _, layer in self.panes]
        return lambda rect, _: arrange(rect, shares, _GAP)

    def _arrange(self) -> None:
        if self._in_sheet():
            self.sheet.setGeometry(self.rect())
            return
        room = QRect(0, 0, self.width(), self.height())
        if self._exporting:
            heading = _EXPORT_HEADING if self._heading else _EXPORT_MARGIN
            room.adjust(_EXPORT_MARGIN, heading, -_EXPORT_MARGIN, -_EXPORT_MARGIN)
        shares = [self._share(number) for number in self.views]
        for view, place in zip(self.views.values(), arrange(room, shares, _GAP), strict=True):
            view.setGeometry(place)

    def _share(self, number: int) -> float:
        """Return how much width a layer wants: more columns more, tiles most, and in a figure all the same."""
        assert self._titles is not None
        if self._exporting or self.view() == "histogram":
            return 1.0
        share: float = self._titles.sizes[number] ** 0.35
        return 1.6 * share if self._tiled(number) else share

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self.quantity() == ALL:
            self._build()  # there may be room for more layers now, or for fewer

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
