"""The languages of the program: which there are, which one a person reads, and how the program takes it."""

from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QLocale, QTranslator

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "translations"

#: The languages by their codes, each under its own name, which is never translated.
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
#: What the settings keep where a person has chosen none of them.
SYSTEM = "system"
#: What Qt's own translations leave in English of its file dialog; those of the program are asked first.
QT_TEXTS = (QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"), QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"))


def language(choice: str, system: QLocale | None = None) -> str:
    """Return the code of the language of ``choice``: itself, or the first that the ``system`` asks for and there is."""
    if choice in LANGUAGES:
        return choice
    for wanted in (system or QLocale.system()).uiLanguages():
        locale = QLocale(wanted)
        if locale.language() == QLocale.Language.English:
            return "en"
        if wanted == "zh":
            continue  # Qt cuts this from Traditional Chinese, too
        if locale.language() == QLocale.Language.Chinese and locale.script() == QLocale.Script.SimplifiedHanScript:
            return "zh_CN"
    return "en"


def install(app: QCoreApplication, code: str) -> None:
    """Let all texts that are made from now on, Qt's own among them, be in the language ``code``."""
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    # English has a translation, too: it says how the words after a number change.
    for path in (qt / f"qtbase_{code}.qm", FOLDER / f"backscope_{code}.qm"):
        translator = QTranslator(app)
        if translator.load(str(path)):
            app.installTranslator(translator)
        else:
            translator.deleteLater()


def current() -> str:
    """Return the code of the language that texts are in now."""
    return QCoreApplication.translate("Languages", "en")
