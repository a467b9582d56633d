"""The dialogs in which a person names a file."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from backprop.session import SUFFIX


def ask_for_run(parent: QWidget, folder: str) -> Path | None:
    """Ask which run to open."""
    name, _ = QFileDialog.getOpenFileName(
        parent, QCoreApplication.translate("Files", "Open a run"), folder, _runs_filter()
    )
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save the run."""
    title = QCoreApplication.translate("Files", "Save this run")
    return _ask_for_target(parent, title, suggestion, [_runs_filter()])


def ask_for_parameters(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save parameters, and so in which format."""
    title = QCoreApplication.translate("Files", "Save the parameters of the moment on the screen")
    filters = [
        QCoreApplication.translate("Files", "For NumPy (*.npz)"),
        QCoreApplication.translate("Files", "For other libraries (*.safetensors)"),
    ]
    return _ask_for_target(parent, title, suggestion, filters)


def _ask_for_target(parent: QWidget, title: str, suggestion: Path, filters: list[str]) -> Path | None:
    path, suffix = _ask_once(parent, title, suggestion, filters)
    endings = [_suffix_of(kind) for kind in filters]
    if path is None or path.suffix.lower() in endings:
        return path
    # A name such as "run.v2" has an ending already, but none under which the file would be found again.
    path = path.with_name(path.name + suffix)
    return _ask_for_target(parent, title, path, filters) if path.exists() else path


def _ask_once(parent: QWidget, title: str, suggestion: Path, filters: list[str]) -> tuple[Path | None, str]:
    """Return the file, or None, and the ending that was chosen."""
    # An object, as only this knows a default ending, and so asks before a file of the completed name is replaced.
    dialog = QFileDialog(parent, title, str(suggestion.parent), ";;".join(filters))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)

    def follow(chosen: str) -> None:
        dialog.setDefaultSuffix(_suffix_of(chosen)[1:])

    dialog.filterSelected.connect(follow)
    follow(filters[0])
    dialog.selectFile(suggestion.name)
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    names, suffix = dialog.selectedFiles(), f".{dialog.defaultSuffix()}"
    dialog.deleteLater()
    return (Path(names[0]) if accepted and names else None), suffix


def _suffix_of(kind: str) -> str:
    """Return the ending of a filter such as "For NumPy (*.npz)"."""
    return kind.rpartition("*")[2].rstrip(")")


def _runs_filter() -> str:
    return QCoreApplication.translate("Files", "Runs of Backscope (*{suffix})").format(suffix=SUFFIX)
