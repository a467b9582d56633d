"""WeightsOptions: the button that opens how weights are coloured and counted, and of which layers they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.widgets.header_button import HeaderButton
from app.widgets.menu_hover import let_go_after

#: Histograms of more numbers than this have so many near zero that the others would not be seen beside them.
_MANY = 1000


class WeightsOptions(HeaderButton):
    """A small button with a menu; ``changed`` when anything in it was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("settings", parent=parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(self.tr("Options of the weights"))
        self.setToolTip(
            self.tr(
                "How weights are coloured and counted, whether scales are common and keep their meaning over time, "
                "and which layers are shown"
            )
        )
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.setMenu(menu)
        let_go_after(menu, self)
        self._colours, self._counts, self._layers = (QActionGroup(self) for _ in range(3))
        self._add_colours(menu)
        menu.addSeparator()
        self._shared = self._add(menu, self.tr("One scale for all"))
        self._shared.setToolTip(
            self.tr(
                "A colour or a place on the axis stands for the same value in every picture, zero in the middle, so "
                "that layers and quantities can be compared; otherwise each picture uses the whole scale for itself"
            )
        )
        self._lock = self._add(menu, self.tr("Keep the scale"))
        self._lock.setToolTip(
            self.tr("From now on a colour stands for the same value, so that colours can be compared over time")
        )
        menu.addSeparator()
        self._add_counts(menu.addMenu(self.tr("Counts in histograms")))
        self._layers_menu = menu.addMenu(self.tr("Layers"))
        self.set_layers([])

    def _add_colours(self, menu: QMenu) -> None:
        choices = {
            "auto": (self.tr("Colours by what is shown"), self.tr("Viridis for weights, around zero for the others")),
            "viridis": (self.tr("Viridis"), self.tr("From the smallest value, dark, to the largest, bright")),
            "diverging": (
                self.tr("Around zero"),
                self.tr("One colour for positive and one for negative values, faint near zero: signs stand out"),
            ),
        }
        self._add_choices(menu, self._colours, choices)

    def _add_counts(self, menu: QMenu) -> None:
        menu.setToolTipsVisible(True)
        choices = {
            "auto": (
                self.tr("By what is shown"),
                self.tr("Logarithmic for gradients and changes of large layers, most of which are close to zero"),
            ),
            "linear": (self.tr("Linear"), self.tr("A bar twice as high stands for twice as many weights")),
            "log": (self.tr("Logarithmic"), self.tr("Powers of ten: a single weight far out is still seen")),
        }
        self._add_choices(menu, self._counts, choices)

    def _add_choices(self, menu: QMenu, group: QActionGroup, choices: dict[str, tuple[str, str]]) -> None:
        for key, (text, tip) in choices.items():
            self._add(menu, text, group, key).setToolTip(tip)
        group.actions()[0].setChecked(True)

    def _add(self, menu: QMenu, text: str, group: QActionGroup | None = None, key: object = None) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setData(key)
        if group is not None:
            group.addAction(action)
        action.toggled.connect(self._tell)
        return action

    def _tell(self, checked: bool) -> None:
        # Of an exclusive choice, two actions change; one of them is enough to know.
        if checked or self.sender() in (self._lock, self._shared):
            self.changed.emit()

    def take_over(self, before: WeightsOptions) -> None:
        """Choose what is chosen in ``before``."""
        self.set_shared(before.shared())
        self.set_locked(before.locked())
        self.set_colours(str(before._colours.checkedAction().data()))
        self.set_counts(str(before._counts.checkedAction().data()))
        self.set_layer(before.layer())

    # --- colours

    def colours(self, quantity: str) -> str:
        """Return "viridis" or "diverging" for "weights", "gradient", "last" or "change"."""
        chosen = str(self._colours.checkedAction().data())
        if chosen == "auto":
            return "viridis" if quantity == "weights" and not self.shared() else "diverging"
        return chosen

    def set_colours(self, key: str) -> None:
        """Choose "auto", "viridis" or "diverging". Raises StopIteration for any other."""
        next(action for action in self._colours.actions() if action.data() == key).setChecked(True)

    def shared(self) -> bool:
        """Return whether one scale holds for all pictures."""
        return self._shared.isChecked()

    def set_shared(self, shared: bool) -> None:
        """Let one scale hold for all pictures, or give each its own."""
        self._shared.setChecked(shared)

    def locked(self) -> bool:
        """Return whether scales stay as they are."""
        return self._lock.isChecked()

    def set_locked(self, locked: bool) -> None:
        """Let scales stay as they are, or follow the values again."""
        self._lock.setChecked(locked)

    # --- counts

    def logarithmic(self, quantity: str, numbers: int) -> bool:
        """Return whether a histogram of so many ``numbers`` has a logarithmic axis of counts."""
        chosen = str(self._counts.checkedAction().data())
        return chosen == "log" or (chosen == "auto" and quantity != "weights" and numbers > _MANY)

    def set_counts(self, key: str) -> None:
        """Choose "auto", "linear" or "log". Raises StopIteration for any other."""
        next(action for action in self._counts.actions() if action.data() == key).setChecked(True)

    # --- layers

    def layer(self) -> int | None:
        """Return the number of the only layer to show, from 1, or None for all."""
        action = self._layers.checkedAction()
        number = action.data() if action is not None else None
        return int(number) if number is not None else None

    def set_layer(self, number: int | None) -> None:
        """Show only layer ``number``, counted from 1, or all."""
        self._layers.actions()[number or 0].setChecked(True)

    def set_layers(self, titles: Sequence[str]) -> None:
        """Offer the layers with ``titles``, and all of them, which is chosen then."""
        blocked = self.blockSignals(True)
        for action in self._layers.actions():
            self._layers.removeAction(action)
            self._layers_menu.removeAction(action)
            action.deleteLater()
        for number, title in enumerate([self.tr("All"), *titles]):
            self._add(self._layers_menu, title, self._layers, number or None)
        self._layers.actions()[0].setChecked(True)
        self._layers_menu.menuAction().setVisible(len(titles) > 1)
        self.blockSignals(blocked)
