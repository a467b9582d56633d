"""How long and how large, as a person says it: judged, so in round numbers."""

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate

_SOON = 1.5  # seconds
_MINUTE = 60
_LONG = 90  # seconds, from which minutes are counted
_HOUR = 3600
_KILO, _ONE_DIGIT = 1000, 10


def about_time(seconds: float) -> str:
    """Return a judged duration: "about a second", "about 20 s", "about 3 min"."""
    if seconds < _SOON:
        return translate("Export", "about a second")
    if seconds < _LONG:
        return translate("Export", "about {seconds} s").format(seconds=f"{_rounded(seconds):.0f}")
    if seconds < _LONG * _MINUTE:
        return translate("Export", "about {minutes} min").format(minutes=f"{_rounded(seconds / _MINUTE):.0f}")
    return translate("Export", "about {hours} h").format(hours=f"{_rounded(seconds / _HOUR):.0f}")


def about_size(count: float) -> str:
    """Return a judged size of ``count`` bytes: "about 350 kB", "about 1.2 MB"."""
    rounded = round(_rounded(count))
    leading = int(str(rounded)[0 : (len(str(rounded)) - 1) % 3 + 1])  # what stands before the unit
    digits = 1 if leading < _ONE_DIGIT and rounded >= _KILO else 0
    size = QLocale().formattedDataSize(rounded, digits, QLocale.DataSizeFormat.DataSizeSIFormat)
    return translate("Export", "about {size}").format(size=size.replace(" ", "\N{NO-BREAK SPACE}"))


def exact_time(milliseconds: int) -> str:
    """Return how long an animation lasts: "11 s", "2 min 5 s"."""
    seconds = milliseconds / 1000
    if seconds < _LONG:
        return translate("Export", "{seconds} s").format(seconds=f"{seconds:.3g}")
    minutes, rest = divmod(round(seconds), _MINUTE)
    return translate("Export", "{minutes} min {seconds} s").format(minutes=f"{minutes:,}", seconds=rest)


def _rounded(number: float) -> float:
    """Return ``number`` with its two leading digits."""
    return float(f"{number:.2g}")
