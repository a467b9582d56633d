"""What people type into the experiment form, as values, and values as text."""

import re

from PySide6.QtCore import QCoreApplication

_GROUPED = re.compile(r"\d{1,3}(?:[,_\s]\d{3})+")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")


class TextError(ValueError):
    """A text that is no value of its field; ``str`` is a translated sentence."""


def _filled(text: str, example: str) -> str:
    """Return ``text`` without the blanks around it. Raises TextError where nothing is left."""
    text = text.strip()
    if not text:
        message = QCoreApplication.translate("ExperimentText", "This field is empty: write a value such as {example}.")
        raise TextError(message.format(example=example))
    return text


def parse_whole(text: str) -> int:
    """Return a whole number; groups of three digits may be set apart, as in 10,000. Raises TextError."""
    text = _filled(text, "64")
    if _GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    try:
        return int(text)
    except ValueError:
        raise TextError(
            QCoreApplication.translate(
                "ExperimentText", "“{text}” is not a whole number: write one in digits, such as 64."
            ).format(text=text)
        ) from None


def parse_number(text: str) -> float:
    """Return a number with a decimal point, whatever the language of the system. Raises TextError."""
    text = _filled(text, "0.5")
    try:
        return float(text)
    except ValueError:
        pass
    if _DECIMAL_COMMA.fullmatch(text):
        message = QCoreApplication.translate(
            "ExperimentText", "Write decimals with a point: {point} instead of {text}."
        )
        raise TextError(message.format(point=text.replace(",", "."), text=text))
    raise TextError(
        QCoreApplication.translate("ExperimentText", "“{text}” is not a number: write one such as 0.5.").format(
            text=text
        )
    )


def parse_units(text: str) -> tuple[int, ...]:
    """Return the units of each hidden layer, for texts such as "128, 64"; none for an empty text. Raises TextError."""
    parts = [part for part in re.split(r"[\s,;–-]+", text.strip()) if part]
    try:
        return tuple(int(part) for part in parts)
    except ValueError:
        raise TextError(
            QCoreApplication.translate(
                "ExperimentText",
                "“{text}” does not list hidden layers: write the units of each, such as 128 or 128, 64.",
            ).format(text=text)
        ) from None


def parse_batch(text: str) -> int | None:
    """Return the samples a batch, or None for all of them ("all", also "all 4"). Raises TextError."""
    text = _filled(text, "64")
    words = text.lower().split()
    if words[0] in ("all", all_word().lower()):
        return None
    try:
        return parse_whole(text)
    except TextError:
        raise TextError(
            QCoreApplication.translate(
                "ExperimentText", "“{text}” is no batch size: write how many samples, such as 64, or {all}."
            ).format(text=text, all=all_word())
        ) from None


def all_word() -> str:
    """Return the word for a batch of all samples."""
    return QCoreApplication.translate("ExperimentText", "all")


def batch_text(batch_size: int | None, samples: int) -> str:
    """Return a batch size as text: 64, or "all 4"."""
    if batch_size is not None:
        return f"{batch_size:,}"
    return QCoreApplication.translate("ExperimentText", "all {samples}").format(samples=f"{samples:,}")


def number_text(value: float) -> str:
    """Return a number with a decimal point, in as few digits as it has."""
    return f"{value:.12g}"
