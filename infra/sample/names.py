"""Invented people: common surnames by their frequency, and given names of their generation."""

from collections.abc import Mapping
from random import Random

SURNAMES: Mapping[str, int] = {
    **dict.fromkeys("王李张刘陈", 60),
    **dict.fromkeys("杨黄赵吴周徐孙马朱胡", 22),
    **dict.fromkeys("郭何林高罗郑梁谢宋唐许邓冯韩曹彭", 12),
    **dict.fromkeys("曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭", 7),
    **dict.fromkeys("陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶贺顾毛", 4),
    **dict.fromkeys(
        "郝龚邵万钱严赖覃洪武莫孔汤常温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包", 2
    ),
    **dict.fromkeys("单仇解区查朴盖缪尤文卜褚卫凌骆房屈项翁费靳裴宁符景路麦车戚诸葛欧阳"[:28], 1),
    **dict.fromkeys(("欧阳", "上官", "诸葛", "司马", "尉迟", "单于"), 1),
}
GIVEN: Mapping[str, tuple[str, str]] = {
    # which characters open and which close a given name
    "retired": ("建国志德永文秀玉桂淑春金福明庆世", "国华英珍兰芳荣生民祥林清山海平安"),
    "staff": ("伟敏静丽强磊洋艳勇军杰娟涛超晓海红志立宏雪佳永春冬", "平明华辉玲峰燕波宁霞鹏飞斌梅萍慧琳东文"),
    "student": ("子梓宇浩雨思欣佳嘉一诗晨奕俊若语沐泽可书亦铭钰", "涵轩萱然琪豪怡妍阳睿博彤航瑶宁凡洋辰源清"),
}
MINORITY = ("买买提·艾力", "阿依古丽·吐尔逊", "努尔兰·别克", "扎西·次仁", "古丽娜尔·买买提")
RARE = "𬭎𠅤𫍯䶮"
"""Characters outside the common planes, which have to survive everywhere."""


class Names:
    """Names, one after the other, always the same for the same seed."""

    def __init__(self, random: Random) -> None:
        """Take the source of chance."""
        self._random = random
        self._surnames = list(SURNAMES)
        self._weights = list(SURNAMES.values())

    def next(self, generation: str) -> str:
        """Give a name of a generation: retired, staff or student."""
        chance = self._random.random()
        if chance < 0.002:
            return self._random.choice(MINORITY)
        surname = self._random.choices(self._surnames, self._weights)[0]
        opening, closing = GIVEN[generation]
        if chance < 0.004:
            return surname + self._random.choice(RARE)
        if chance < 0.25:
            return surname + self._random.choice(opening + closing)
        return surname + self._random.choice(opening) + self._random.choice(closing)
