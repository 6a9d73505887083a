"""How a name is written: one kind of dot, no padding between Chinese characters."""

import re
import unicodedata

DOT = "·"
_DOTS = re.compile("[‧•．・∙⋅●.]")
_HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_SPACE = re.compile(r"\s+")


def normalise(name: str) -> str:
    """Write a name as the roster keeps it: 王　伟 → 王伟, 买买提•艾力 → 买买提·艾力 (requirements 4.2)."""
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", name)).strip()
    if _HAN.search(text):
        text = _DOTS.sub(DOT, text.replace(" ", ""))
    return text
