"""How well typed text fits an entry: by words, by parts of words, or by letters in their order."""

from collections.abc import Sequence

from app.palette.entry import Entry

_WHOLE_START, _WORD_START, _WITHIN, _LETTERS, _IN_HINT = 5, 4, 3, 2, 1


def found(typed: str, entries: Sequence[Entry], recent: Sequence[str]) -> list[Entry]:
    """Return the ``entries`` that fit ``typed``, the best first; among equals, the names in ``recent`` come first."""
    rank = {name: place for place, name in enumerate(recent)}
    words = typed.casefold().split()
    fitting = [(score, entry) for entry in entries if (score := fit(words, entry)) is not None]
    fitting.sort(key=lambda one: (-one[0], rank.get(one[1].name, len(rank)), bool(one[1].reason)))
    return [entry for _, entry in fitting]


def fit(words: Sequence[str], entry: Entry) -> float | None:
    """Return how well ``entry`` fits ``words`` in lower case, all of which it must have; None if it does not."""
    title, kind, hint = entry.title.casefold(), entry.kind.casefold(), entry.hint.casefold()
    scores = [max(_fit_word(word, title), 0.5 * _fit_word(word, kind), _IN_HINT * (word in hint)) for word in words]
    if not all(scores):
        return None
    return sum(scores)


def _fit_word(word: str, text: str) -> float:
    if text.startswith(word):
        return _WHOLE_START
    if any(part.startswith(word) for part in text.split()):
        return _WORD_START
    if word in text:
        return _WITHIN
    return _LETTERS if _has_letters(word, text) else 0


def _has_letters(word: str, text: str) -> bool:
    """Return whether ``text`` has the letters of ``word`` in their order, the first at the start of a word."""
    return any(_in_order(word, text[start:]) for start in _starts(text) if text[start] == word[0])


def _in_order(word: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in word)


def _starts(text: str) -> list[int]:
    return [
        place for place, letter in enumerate(text) if not letter.isspace() and (place == 0 or text[place - 1] == " ")
    ]
