"""Which fields a browser keeps drafts of: what is long and meant to be read, and nothing that is confidential."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
KEPT = {
    ("evaluation/meeting/announce.html", "agenda"),
    ("evaluation/meeting/minutes.html", "summary"),
    ("evaluation/meeting/minutes.html", "text"),
    ("evaluation/register/_form.html", "text"),
    ("evaluation/register/deed.html", "text"),
    ("evaluation/sitting/comments.html", "text"),
    ("evaluation/sitting/discussion.html", "text"),
    ("evaluation/sitting/presentations.html", "text"),
    ("pledge/appraisal/show.html", "text"),
    ("pledge/pledge/_form.html", "goals"),
    ("pledge/pledge/_form.html", "headline"),
    ("pledge/pledge/_form.html", "opinions"),
    ("pledge/pledge/_form.html", "use"),
    ("pledge/progress/show.html", "note"),
    ("pledge/remark/show.html", "text"),
    ("pledge/review/show.html", "advice"),
}
"""A deed, minutes, a pledge and its 点评; none of findings, replies, objections, opinions, reasons, counts."""
FIELD = re.compile(r'sg\.textarea\("(\w+)"(?:(?!\) \}\}).)*?\bdraft=true|name="(\w+)"[^>]*\sdata-draft', re.S)


def test_only_these_fields_keep_drafts() -> None:
    """requirements 5.1: findings, replies, objections, opinions, exemptions and tellers' counts stay in no browser."""
    found = set()
    for path in ROOT.glob("services/*/templates/**/*.html"):
        place = str(path.relative_to(path.parents[2]))
        for macro, plain in FIELD.findall(path.read_text(encoding="utf-8")):
            found.add((place, macro or plain))
    assert found == KEPT
