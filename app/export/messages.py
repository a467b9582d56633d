"""What went wrong with an export, as a sentence: what, why, and what to do."""

import errno
import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.export.animation import DrawingError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


def explain(error: Exception, folder: Path) -> str:
    """Return a translated sentence for an export into ``folder`` that ended with ``error``."""
    if isinstance(error, DrawingError):
        sentence = QCoreApplication.translate(
            "Export",
            "Nothing was saved, because a picture could not be drawn ({reason}); "
            "the log has the details, and other views can still be exported.",
        )
        return sentence.format(reason=error)
    if not isinstance(error, OSError):
        sentence = QCoreApplication.translate(
            "Export",
            "Nothing was saved, because of an error in the program ({reason}); "
            "the log has the details, and your run is not affected.",
        )
        return sentence.format(reason=f"{type(error).__name__}: {error}")
    return _folder_sentence(error, folder).format(
        folder=folder, file=error.filename, reason=error.strerror or type(error).__name__
    )


def _folder_sentence(error: OSError, folder: Path) -> str:
    if error.errno in NO_ROOM:
        return QCoreApplication.translate(
            "Export",
            "Nothing was saved, because there is not enough room for it in {folder}; "
            "free some space or choose another folder.",
        )
    if error.errno == errno.EISDIR:
        return QCoreApplication.translate(
            "Export",
            "Nothing was saved, because {file} is a folder; rename that folder or choose another one.",
        )
    if error.errno == errno.ENOTDIR or os.path.isfile(folder):
        return QCoreApplication.translate(
            "Export",
            "Nothing was saved, because {folder} is not a folder; choose a folder.",
        )
    if error.errno == errno.ENOENT and not folder.exists():
        return QCoreApplication.translate(
            "Export",
            "Nothing was saved, because the folder {folder} does not exist; create it or choose another one.",
        )
    if error.errno in NOT_ALLOWED:
        return QCoreApplication.translate(
            "Export",
            "Nothing was saved, because you may not write into {folder}; choose a folder of your own.",
        )
    return QCoreApplication.translate(
        "Export",
        "Nothing was saved, because {folder} could not be written to ({reason}); choose another folder.",
    )
