"""Pinyin: how a name is read, surnames included, and the words under which a person is found."""

import re

from pypinyin import lazy_pinyin

from services.roster.naming.names import DOT, normalise

SURNAMES = {
    "乐": ("yue", "le"), "乜": ("nie",), "仇": ("qiu",), "俟": ("si",), "区": ("ou",), "单": ("shan",), "卜": ("bu",),
    "句": ("gou",), "召": ("shao",), "员": ("yun",), "折": ("she",), "曾": ("zeng",), "朴": ("piao",), "查": ("zha",),
    "盖": ("ge", "gai"), "繁": ("po",), "缪": ("miao",), "翟": ("zhai",), "薄": ("bo",), "覃": ("qin", "tan"),
    "解": ("xie",), "都": ("du",), "阚": ("kan",), "隗": ("wei", "kui"), "隽": ("juan", "jun"), "种": ("chong",),
    "尉": ("wei",), "洗": ("xian",), "冼": ("xian",), "黑": ("he",), "秘": ("bi",), "宓": ("mi",), "燕": ("yan",),
    "任": ("ren",), "华": ("hua",), "纪": ("ji",), "应": ("ying",), "哈": ("ha",), "那": ("na",),
}  # fmt: skip
"""Surnames that are read otherwise than the same character elsewhere; the usual reading first."""

COMPOUND = {
    "单于": "chan yu", "万俟": "mo qi", "尉迟": "yu chi", "澹台": "tan tai", "令狐": "ling hu", "宇文": "yu wen",
    "长孙": "zhang sun", "夏侯": "xia hou", "皇甫": "huang fu", "公孙": "gong sun", "诸葛": "zhu ge",
    "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan", "慕容": "mu rong", "呼延": "hu yan",
}  # fmt: skip
"""Surnames of two characters, with their reading."""

_SYLLABLE = re.compile("[a-z]+")


def reading(name: str) -> str:
    """Give the most likely reading of a name, a syllable a character: 曾小明 → zeng xiao ming."""
    return " ".join(_variants(normalise(name).replace(DOT, ""))[0])


def spelled(name: str) -> list[str]:
    """Give a name in pinyin in one word, in each way in which it may be read: 曾小明 → zengxiaoming, cengxiaoming."""
    return list(dict.fromkeys("".join(each) for each in _variants(normalise(name).replace(DOT, ""))))


def keys(name: str, number: str, corrected: str = "") -> str:
    """Give the words under which a person is found, each after a space: number, name, full pinyin, initials.

    `corrected` is the reading that the person asked for; it is added to, not put instead of, what people may type.
    """
    written = normalise(name)
    bare = written.replace(DOT, "")
    words = [number.lower(), written, bare]
    for syllables in [_SYLLABLE.findall(fold(corrected)), *_variants(bare)]:
        words += ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
    return "".join(f" {word}" for word in dict.fromkeys(words) if word)


def sought(query: str) -> str:
    """Give the SQL LIKE pattern for what was typed: letters and digits from a word's beginning, Chinese anywhere."""
    text = fold(normalise(query)).replace(" ", "")
    escaped = re.sub(r"([\\%_])", r"\\\1", text)
    return f"% {escaped}%" if text.isascii() else f"%{escaped}%"


def fold(text: str) -> str:
    """Write what was typed in small letters, ü as v."""
    return text.lower().replace("ü", "v")


def _variants(name: str) -> list[list[str]]:
    """Give the readings of a name, the most likely first, each a list of syllables."""
    if not name:
        return [[]]
    plain = [syllable for syllable in (_clean(part) for part in lazy_pinyin(list(name))) if syllable]
    found = []
    if name[:2] in COMPOUND and len(name) > 2:
        found.append([*COMPOUND[name[:2]].split(), *plain[2:]])
    found += [[surname, *plain[1:]] for surname in SURNAMES.get(name[0], ())]
    in_context = [_clean(part) for part in lazy_pinyin(name)]
    found += [plain, [syllable for syllable in in_context if syllable]]
    return [list(each) for each in dict.fromkeys(map(tuple, found))]


def _clean(syllable: str) -> str:
    return "".join(_SYLLABLE.findall(fold(syllable)))
