"""Replaces PyInstaller's hook of that name: of Qt's plugins, those for desktops.

What a plugin links to comes along with it, so plugins must be left out here, before PyInstaller looks for that.
"""

from pathlib import Path

from PyInstaller.utils.hooks.qt import add_qt6_dependencies

# For screens without a desktop; and GTK's looks, with half of the GTK of whichever machine the program is built on.
UNUSED = (
    *("egldeviceintegrations", "generic", "libqeglfs", "libqlinuxfb", "libqminimal", "libqvkkhrdisplay", "libqvnc"),
    *("libqgtk3", "libqtuiotouchplugin"),
)

hiddenimports, found, datas = add_qt6_dependencies("hook-PySide6.QtGui.py")
binaries = [
    (source, target)
    for source, target in found
    if not any(part.startswith(UNUSED) for part in (Path(source).name, Path(source).parent.name))
]
