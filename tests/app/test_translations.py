"""Translations: complete, up to date, with the placeholders and terms of the originals."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from resources.translations import update

ROOT = Path(__file__).resolve().parents[2]
CHINESE = update.messages(update.ts_file("zh_CN"))
#: What a program fills in, or shows as it is: {name}, %n, <b>, a key in brackets, a file's name.
_KEPT = re.compile(r"\{\w+\}|%n|</?\w+>|\((?:Alt|Ctrl|Shift|Page|End)[^)]*\)|\b[a-z_]+\.(?:gif|npz)\b|&(?=\w)")


def test_a_translation_keeps_what_the_program_fills_in() -> None:
    differ = {
        text: translated
        for (_, text), forms in CHINESE.items()
        for translated in forms
        if sorted(_KEPT.findall(text)) != sorted(_KEPT.findall(translated))
        or text.endswith("…") != translated.endswith("…")
        or (text[:1] == " ") != (translated[:1] == " ")
        or (text[-1:] == " ") != (translated[-1:] == " ")
        or text.count("\n") != translated.count("\n")
    }
    assert differ == {}


def glossary() -> dict[str, tuple[str, ...]]:
    """Return the Chinese words that each English term may have."""
    rows = re.findall(r"^\| ([a-z -]+) \| (\S+) \|$", (update.FOLDER / "glossary.md").read_text("utf-8"), re.MULTILINE)
    return {english: tuple(chinese.split("、")) for english, chinese in rows}


def test_terms_are_the_same_everywhere() -> None:
    differ = [
        (term, text, translated)
        for term, words in glossary().items()
        for (_, text), forms in CHINESE.items()
        for translated in forms
        if re.search(rf"\b{term}s?\b", re.sub(r"\{\w+\}", "", text), re.IGNORECASE)
        and not any(word in translated for word in words)
    ]
    assert differ == []


# --- that nothing is missed


@cache
def _trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_bytes()) for path in (ROOT / "app").rglob("*.py")}


def marked(node: ast.AST, class_name: str = "") -> Iterator[tuple[str, str]]:
    """Return context and text of everything in ``node`` that is marked for translation."""
    if isinstance(node, ast.ClassDef):
        class_name = node.name
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        words = [given.value for given in node.args if isinstance(given, ast.Constant) and isinstance(given.value, str)]
        if name == "tr" and class_name:
            assert words, f"a text must be written out where it is translated: {ast.unparse(node)}"
            yield class_name, words[0]
        elif name in ("translate", "QT_TRANSLATE_NOOP") and len(words) >= 2:
            yield words[0], words[1]
    for child in ast.iter_child_nodes(node):
        yield from marked(child, class_name)


def test_lupdate_has_found_every_text_that_the_code_marks() -> None:
    """It does not understand every way to write a text: not a character by its name."""
    found = {text for path, tree in _trees().items() if path.name != "marking.py" for text in marked(tree)}
    assert found - set(CHINESE) == set()


def test_a_plural_is_not_asked_for_by_a_base_class() -> None:
    """Qt for Python looks a text up under the names of all base classes, but stops at the first one for a plural."""
    bases = {
        base.id
        for tree in _trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if isinstance(base, ast.Name)
    }
    assert {(context, text) for context, text in CHINESE if "%n" in text and context in bases} == set()


def test_no_translation_is_missing_or_left_over() -> None:
    """After a change of texts: python resources/translations/update.py, and translate what it lists."""
    assert update.problems() == []
