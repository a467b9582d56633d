"""The Chinese README has all that the English one has: commands, pictures, sections and rows of tables."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = (ROOT / "README.md").read_text(encoding="utf-8")
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")

_CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def prose(page: str) -> str:
    return _CODE.sub("", page)


def test_commands_and_code_are_the_same() -> None:
    assert _CODE.findall(CHINESE) == _CODE.findall(ENGLISH)


def test_sections_and_rows_of_tables_are_as_many() -> None:
    for mark in (r"^#+ ", r"^\|"):
        counts = [len(re.findall(mark, prose(page), re.MULTILINE)) for page in (CHINESE, ENGLISH)]
        assert counts[0] == counts[1], mark


def test_each_leads_to_the_same_places_and_to_the_other() -> None:
    targets = [re.findall(r"\]\(([^)]+)\)", prose(page)) for page in (CHINESE, ENGLISH)]
    chinese, english = ({target for target in found if not target.startswith("#")} for found in targets)
    assert chinese ^ english == {"README.md", "README.zh-CN.md"}
    assert len(targets[0]) == len(targets[1])


def test_names_of_files_and_options_are_the_same() -> None:
    named = re.compile(r"`([A-Za-z./_-]*[./_-][A-Za-z./_-]+)`")
    chinese, english = (set(named.findall(prose(page))) for page in (CHINESE, ENGLISH))
    assert chinese ^ english == {"README.md", "README.zh-CN.md", "fonts-wqy-microhei", "fonts-noto-cjk"}
