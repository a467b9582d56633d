"""The Chinese pages have all that the English ones have: commands, pictures, sections, rows of tables and numbers."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page in both languages, and the names in code that belong to one of them alone."""

    path: str
    alone: frozenset[str] = frozenset()

    @property
    def english(self) -> str:
        return (ROOT / f"{self.path}.md").read_text(encoding="utf-8")

    @property
    def chinese(self) -> str:
        return (ROOT / f"{self.path}.zh-CN.md").read_text(encoding="utf-8")


README = Page("README", frozenset({"README.md", "README.zh-CN.md", "fonts-wqy-microhei", "fonts-noto-cjk"}))
TEACHING = Page("resources/teaching")
each_page = pytest.mark.parametrize("page", [README, TEACHING], ids=lambda page: page.path)


def prose(text: str) -> str:
    return _CODE.sub("", text)


def targets(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", prose(text))


@each_page
def test_commands_and_code_are_the_same(page: Page) -> None:
    assert _CODE.findall(page.chinese) == _CODE.findall(page.english)


@each_page
@pytest.mark.parametrize("mark", [r"^#+ ", r"^\|", r"^- ", r"^\d+\. "])
def test_sections_points_and_rows_of_tables_are_as_many(page: Page, mark: str) -> None:
    counts = [len(re.findall(mark, prose(text), re.MULTILINE)) for text in (page.chinese, page.english)]
    assert counts[0] == counts[1]


@each_page
def test_each_leads_to_the_same_places_and_to_the_other(page: Page) -> None:
    chinese, english = targets(page.chinese), targets(page.english)
    assert len(chinese) == len(english)
    name = Path(page.path).name
    assert f"{name}.md" in chinese
    assert f"{name}.zh-CN.md" in english
    # A page that there is in both languages leads to those of its own.
    ends = [
        {target.replace(".zh-CN.md", ".md") for target in found if not target.startswith("#")}
        for found in (chinese, english)
    ]
    assert ends[0] == ends[1]
    assert all(page.path != "README" or "teaching.zh-CN" in target for target in chinese if "teaching" in target)


@each_page
def test_names_of_files_and_options_are_the_same(page: Page) -> None:
    named = re.compile(r"`([A-Za-z./_-]*[./_-][A-Za-z./_-]+)`")
    chinese, english = (set(named.findall(prose(text))) for text in (page.chinese, page.english))
    assert chinese ^ english == page.alone


def test_a_teacher_finds_the_same_numbers_and_keys() -> None:
    # Epochs, losses, gradients, minutes; numbers of one figure may be words in one of the languages.
    said = re.compile(r"\d[\d,.]*\d|Ctrl\+\S|Alt\+\w+|F11|[xzaŷ][₁₂]")
    chinese, english = (sorted(said.findall(text)) for text in (TEACHING.chinese, TEACHING.english))
    assert chinese == english
