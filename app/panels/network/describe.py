"""Describe: what is pointed at, in words and with all its digits."""

from PySide6.QtCore import QCoreApplication

from app import wording
from app.panels.network.figures import short
from app.panels.network.sample_view import Parameter, SampleView, Target, Unit
from app.widgets.value_text import exact


def describe(view: SampleView, target: Target) -> str:
    """Return the name of ``target`` and its exact values at this moment, one a line."""
    if isinstance(target, Unit):
        return _unit(view, target)
    return _parameter(view, target)


def sample_name(view: SampleView) -> str:
    """Return what the sample is: its inputs, where they are few, and its target."""
    classes = view.shape.dataset.info.class_names
    if view.shape.sizes[0] <= 4:
        inputs = ", ".join(f"{value:g}" for value in view.inputs)
        if view.shape.sizes[-1] == 1:
            return f"({inputs}) → {view.targets[0]:g}"
        return f"({inputs}) → {classes[view.right_class]}"
    return QCoreApplication.translate("Network", "target {target}").format(target=classes[view.right_class])


def _unit(view: SampleView, target: Unit) -> str:
    layer, unit = target.layer, target.unit
    lines = [view.shape.full_name(layer, unit)]
    if layer == 0:
        return "\n".join([*lines, f"x = {exact(view.inputs[unit])}"])
    values, sums, deltas, biases = view.activations(layer), view.sums(layer), view.deltas(layer), view.biases(layer)
    if values is None or sums is None:
        lines.append(QCoreApplication.translate("Network", "not computed yet in this step"))
    else:
        lines += [f"a = {exact(values[unit])}", f"z = {exact(sums[unit])}"]
    if deltas is not None:
        lines.append(f"δ = {exact(deltas[unit])}")
    if biases is not None:
        lines.append(f"b = {exact(biases[unit])}")
    if layer == view.shape.last:
        lines.append(QCoreApplication.translate("Network", "target = {value}").format(value=exact(view.targets[unit])))
    return "\n".join(lines)


def _parameter(view: SampleView, target: Parameter) -> str:
    layer = target.layer
    if target.name.startswith("W"):
        start, end = target.index
        name, letter = f"{view.shape.full_name(layer - 1, start)} → {view.shape.full_name(layer, end)}", "w"
    else:
        name, letter = view.shape.full_name(layer, target.index[0]), "b"
    lines = [name, f"{letter} = {exact(view.snapshot.parameters[target.name][target.index])}"]
    gradient = view.snapshot.gradients.get(target.name)
    if gradient is not None:
        lines.append(
            QCoreApplication.translate("Network", "gradient of the batch = {value}").format(
                value=exact(gradient[target.index])
            )
        )
    return "\n".join(lines)


def summarize(view: SampleView) -> str:
    """Return the network and the sample's values as sentences."""
    sizes = " – ".join(str(size) for size in view.shape.sizes)
    outputs = view.activations(view.shape.last)
    text = QCoreApplication.translate("Network", "A network of {sizes} units; sample {sample}.").format(
        sizes=sizes, sample=sample_name(view)
    )
    if outputs is None:
        return wording.together(
            text, QCoreApplication.translate("Network", "This step has not computed the outputs yet.")
        )
    values = ", ".join(
        f"{view.shape.full_name(view.shape.last, unit)} {short(float(value))}" for unit, value in enumerate(outputs)
    )
    return wording.together(text, QCoreApplication.translate("Network", "Outputs: {values}.").format(values=values))
