"""Writes `tests/requirements.md`, which tests name which requirement; `python -m tests.requirements` renews it.

A test names a requirement or a conflict by writing its number (R-130, C8) in its docstring, in a comment or in its
module's docstring. A range (R-150…R-160) over a whole module names nothing: each number stands at the test that
shows it.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = ROOT / "tests" / "requirements.md"
CONFLICT = re.compile(r"(?<![\w-])C([1-9]\d?)(?:\s*[…–]\s*C([1-9]\d?))?\b")
NUMBER = re.compile(r"\bR-(\d{3})(?:\s*…\s*R-(\d{3}))?")
TEST = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)

SECTIONS = {
    "1.1 组织、人员与职务": range(1, 29),
    "1.2 提诺": range(30, 50),
    "1.3 审诺与亮诺": range(50, 62),
    "1.4 履诺与督诺": range(70, 82),
    "1.5 评诺": range(90, 104),
    "1.6 登记证与会议": range(110, 125),
    "1.7 评选": range(130, 141),
    "1.8 不能评选的情形": range(150, 161),
    "1.9 备案与公布": range(170, 181),
    "1.10 党组织的承诺与评议": range(190, 198),
}
LATER = {
    "星级评定一章：讲述、评价、等次": [15, 20, 21, 22, 28],
    "推荐、典型库与宣传一章": [25, 27, 140, 174, 175, 176, 177, 178, 179, 180],
}
"""Numbers of these sections whose rooms come in issues of their own, with the room."""
CONFLICTS = range(1, 21)
"""Where the documents differ and a scheme decides (section 3): C1, C2, …"""
WITHOUT_SETTING = {
    18: "every award is filed with 组织部 (R-170); no scheme leaves the filing out",
    20: "the vote decides on a star; no scheme has it confirmed by 支委会 or 党总支",
}
"""The conflicts that the product settles for every university alike; each other one is named by a test."""


def collect(pattern: re.Pattern[str] = NUMBER) -> dict[int, set[str]]:
    """Give, for each number, the tests (path::name) that name it."""
    found: dict[int, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        starts = [(match.start(), match.group(1)) for match in TEST.finditer(text)]
        for match in pattern.finditer(text):
            first, last = int(match[1]), int(match[2] or match[1])
            before = [name for start, name in starts if start <= match.start()]
            if first != last and not before:
                continue
            name = f"::{before[-1]}" if before else ""
            for number in range(first, last + 1):
                found[number].add(f"{path.relative_to(ROOT)}{name}")
    return found


def missing() -> list[str]:
    """Give the numbers of this issue's sections that no test names."""
    later = {number for numbers in LATER.values() for number in numbers}
    found = collect()
    conflicts = collect(CONFLICT)
    return [
        f"R-{number:03}"
        for numbers in SECTIONS.values()
        for number in numbers
        if number not in found and number not in later
    ] + [f"C{number}" for number in CONFLICTS if number not in conflicts and number not in WITHOUT_SETTING]


def write() -> str:
    """Give the text of the list."""
    found = collect()
    later = {number: room for room, numbers in LATER.items() for number in numbers}
    lines = ["# Requirements and the tests that show them", "", "Made by `python -m tests.requirements`.", ""]
    for title, numbers in SECTIONS.items():
        lines += [f"## {title}", ""]
        for number in numbers:
            tests = sorted(found.get(number, ()))
            if tests:
                lines.append(f"- **R-{number:03}** " + "; ".join(f"`{test}`" for test in tests))
            elif number in later:
                lines.append(f"- R-{number:03} later: {later[number]}")
            else:
                lines.append(f"- R-{number:03} —")
        lines.append("")
    conflicts = collect(CONFLICT)
    lines += ["## Where the documents differ", ""]
    for number in CONFLICTS:
        named = "; ".join(f"`{test}`" for test in sorted(conflicts.get(number, ())))
        lines.append(f"- **C{number}** {named}" if named else f"- C{number} {WITHOUT_SETTING.get(number, '—')}")
    lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    FILE.write_text(write(), encoding="utf-8")
    sys.stdout.write("\n".join(missing()) + "\n")
