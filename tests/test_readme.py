"""What the README and the pages beside it promise can be found, and their pictures are made by the program."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "resources" / "pictures"
PAGES = sorted(page for page in (*ROOT.glob("*.md"), *(ROOT / "resources").glob("*.md")))

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
_IN_CODE = re.compile(r"```.*?```", re.DOTALL)


def links(page: Path) -> list[tuple[bool, str, str]]:
    """Return whether each link is a picture, its text, and its target."""
    text = _IN_CODE.sub("", page.read_text(encoding="utf-8"))
    return [(mark == "!", words, target) for mark, words, target in _LINK.findall(text)]


def anchors(page: Path) -> set[str]:
    """Return the names by which headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", _IN_CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_or_a_heading_leads_somewhere(page: Path) -> None:
    for _, _, target in links(page):
        if target.startswith("https://"):
            continue
        name, _, heading = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        assert not heading or heading in anchors(file), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_picture_says_in_words_what_it_shows(page: Path) -> None:
    for is_picture, words, target in links(page):
        # Chinese has no blanks between its words, which have two characters or so.
        chinese = len(re.findall("[一-鿿]", words)) / 2
        assert not is_picture or len(words.split()) + chinese >= 8, target


def test_the_pictures_are_those_of_the_command_all_shown_and_small() -> None:
    command = (PICTURES / "make.py").read_text(encoding="utf-8")
    kept = [path for path in PICTURES.iterdir() if path.suffix in {".png", ".gif"}]
    shown = {page.parent.joinpath(target).resolve() for page in PAGES for _, _, target in links(page)}
    assert kept
    assert sum(path.stat().st_size for path in kept) < 1_500_000
    for path in kept:
        assert f'"{path.name}": ' in command
        assert path in shown, path.name


def test_the_command_makes_a_picture_of_the_window(tmp_path: Path) -> None:
    make("xor.png", "--out", str(tmp_path))
    with Image.open(tmp_path / "xor.png") as made, Image.open(PICTURES / "xor.png") as kept:
        assert made.size == kept.size == (2049, 1152)
        # The window as a whole: bar, cards, charts. Letters may differ a little from machine to machine.
        small = [picture.convert("L").resize((64, 36)).tobytes() for picture in (made, kept)]
    apart = [abs(one - other) for one, other in zip(*small, strict=True)]
    assert sum(apart) / len(apart) < 6, "an empty window is 9.7 apart, another panel in front 2.4"


def make(*arguments: str) -> str:
    """Run the command that makes the pictures, and return what it prints."""
    command = [sys.executable, str(PICTURES / "make.py"), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout
