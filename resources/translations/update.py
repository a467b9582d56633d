#!/usr/bin/env python3
"""Collects every text of the program for translation, and makes the files that the program reads.

    python resources/translations/update.py            collects the texts into the .ts files, and makes the .qm files
    python resources/translations/update.py --check    changes nothing; says what is missing, and exits with 1 if so

A text that is new or has changed is marked "unfinished" in backscope_zh_CN.ts: translate it there and run this again.
"""

import ast
import inspect
import json
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
#: What lupdate is told of each language. English needs only the words after numbers.
LANGUAGES = {"zh_CN": [], "en": ["-pluralonly"]}


def ts_file(code: str) -> Path:
    """Return where the texts and their translations are."""
    return FOLDER / f"backscope_{code}.ts"


def extract(code: str, ts: Path) -> None:
    """Bring ``ts`` up to date with the program: texts that are new come in, those no longer there go."""
    files = [ROOT / "main.py", *sorted((ROOT / "app").rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        sentences = Path(folder) / "sentences.py"
        calls = (f'translate("backprop", {json.dumps(text, ensure_ascii=False)})\n' for text in engine_sentences())
        sentences.write_text("".join(calls), encoding="utf-8")
        options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", code]
        _run("lupdate", *LANGUAGES[code], *options, *map(str, files), str(sentences), "-ts", str(ts))


def release(ts: Path, qm: Path) -> None:
    """Make ``qm``, which the program reads, from what is finished in ``ts``."""
    _run("lrelease", str(ts), "-qm", str(qm))


@cache
def engine_sentences() -> tuple[str, ...]:
    """Return what the engine's errors say: ``app/wording.py`` translates it where a person reads it.

    The engine knows no Qt, so lupdate cannot see these. Raises ValueError for one that is not written out.
    """
    trees = {path: ast.parse(path.read_bytes()) for part in ("backprop", "app") for path in (ROOT / part).rglob("*.py")}
    places = _error_classes(trees)
    found = set()
    for path, tree in trees.items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if name not in places:
                continue
            given = {keyword.arg: keyword.value for keyword in call.keywords}
            template = given.get("template") or (call.args[places[name]] if len(call.args) > places[name] else None)
            if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
                raise ValueError(f"{path}:{call.lineno}: the sentence of an error must be written out")
            found.add(template.value)
    return tuple(sorted(found))


def _error_classes(trees: dict[Path, ast.Module]) -> dict[str, int]:
    """Return, for every class of BackpropError, where its template stands among the arguments."""
    from backprop import BackpropError

    for path, tree in trees.items():
        if any(isinstance(node, ast.ClassDef) and node.name.endswith("Error") for node in ast.walk(tree)):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))

    def below(kind: type[BackpropError]) -> Iterator[type[BackpropError]]:
        yield kind
        for child in kind.__subclasses__():
            yield from below(child)

    return {kind.__name__: list(inspect.signature(kind).parameters).index("template") for kind in below(BackpropError)}


def problems() -> list[str]:
    """Return what keeps the translations from being complete and up to date, as sentences."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for code in LANGUAGES:
            committed, fresh, qm = ts_file(code), Path(folder) / f"{code}.ts", Path(folder) / f"{code}.qm"
            shutil.copy(committed, fresh)
            extract(code, fresh)
            before, now = messages(committed), messages(fresh)
            found += [f"{code}: not yet in the file: {context}: {text!r}" for context, text in now.keys() - before]
            found += [f"{code}: no longer in the program: {context}: {text!r}" for context, text in before.keys() - now]
            found += [f"{code}: not translated: {key[0]}: {key[1]!r}" for key, done in now.items() if not done]
            release(committed, qm)
            if qm.read_bytes() != committed.with_suffix(".qm").read_bytes():
                found.append(f"{code}: the .qm file is older than the .ts file")
    return found


def messages(ts: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the translations in ``ts`` by context and text: several for a plural, none where one is unfinished."""
    found = {}
    for context in ET.parse(ts).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            finished = translation.get("type") is None and all(forms)
            key = context.findtext("name", ""), message.findtext("source", "")
            found[key] = tuple(forms) if finished else ()
    return found


def _run(tool: str, *arguments: str) -> None:
    program = shutil.which(f"pyside6-{tool}", path=str(Path(sys.executable).parent)) or f"pyside6-{tool}"
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{tool} has failed: {done.stdout}{done.stderr}")


def main() -> int:
    """Collect and make, or only check."""
    sys.path.insert(0, str(ROOT))
    if "--check" not in sys.argv[1:]:
        for code in LANGUAGES:
            extract(code, ts_file(code))
            release(ts_file(code), ts_file(code).with_suffix(".qm"))
    left = problems()
    print("\n".join(left) or "All translations are complete and up to date.")
    return bool(left)


if __name__ == "__main__":
    sys.exit(main())
