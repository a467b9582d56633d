"""Marks texts that are written in one place and translated in another, for the tool that collects them. No Qt here."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return ``text`` as it is; whoever shows it translates it in ``context``. The name is lupdate's."""
    return text
