"""What went wrong with a file, as a sentence: what, why, and what to do."""

import errno
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.wording import sentence
from backprop import BackpropError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


def explain_saving(error: Exception, path: Path) -> str:
    """Return a translated sentence for a file that could not be saved at ``path``."""
    if isinstance(error, BackpropError):
        return sentence(error)
    return _saving(error).format(file=path.name, folder=path.parent, reason=_reason(error))


def explain_keeping(error: Exception, folder: Path) -> str:
    """Return a translated sentence for a run that could not be kept safe in ``folder``."""
    if isinstance(error, BackpropError):
        return sentence(error)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        text = QCoreApplication.translate(
            "Files",
            "This run is not being kept safe against a crash, because there is not enough room for it in {folder}; "
            "free some space, or save the run somewhere else.",
        )
    else:
        text = QCoreApplication.translate(
            "Files",
            "This run is not being kept safe against a crash, because {folder} could not be written to ({reason}); "
            "save the run yourself now and then.",
        )
    return text.format(folder=folder, reason=_reason(error))


def explain_opening(error: Exception, path: Path) -> str:
    """Return a translated sentence for a file at ``path`` that could not be opened."""
    if isinstance(error, BackpropError):
        return QCoreApplication.translate("Files", "{file}: {sentence}").format(
            file=path.name, sentence=sentence(error)
        )
    return _opening(error).format(file=path.name, folder=path.parent, reason=_reason(error))


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__


def _saving(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in _NO_ROOM:
        return QCoreApplication.translate(
            "Files",
            "{file} was not saved, because there is not enough room for it in {folder}; "
            "free some space, or save it somewhere else.",
        )
    if number in _NOT_ALLOWED:
        return QCoreApplication.translate(
            "Files", "{file} was not saved, because you may not write into {folder}; save it in a folder of your own."
        )
    if number in (errno.ENOENT, errno.ENOTDIR):
        return QCoreApplication.translate(
            "Files", "{file} was not saved, because the folder {folder} is not there any more; save it somewhere else."
        )
    if number == errno.EISDIR:
        return QCoreApplication.translate(
            "Files", "{file} was not saved, because a folder has this name; choose another name."
        )
    return QCoreApplication.translate(
        "Files", "{file} was not saved, because {folder} could not be written to ({reason}); save it somewhere else."
    )


def _opening(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOENT, errno.ENOTDIR):
        return QCoreApplication.translate(
            "Files", "{file} was not opened, because it is not in {folder} any more; look for it with Open."
        )
    if number in _NOT_ALLOWED:
        return QCoreApplication.translate(
            "Files", "{file} was not opened, because you may not read it; ask its owner for a copy."
        )
    if number == errno.EISDIR:
        return QCoreApplication.translate(
            "Files", "{file} was not opened, because it is a folder; choose a file that ends in .backprop."
        )
    if isinstance(error, MemoryError):
        return QCoreApplication.translate(
            "Files", "{file} was not opened, because there is not enough memory for it; close other programs first."
        )
    return QCoreApplication.translate(
        "Files", "{file} was not opened, because it could not be read ({reason}); open another copy of it."
    )
