"""What people write in the year that is played."""

from typing import Any

HEADLINES = [
    "每周为学生答疑不少于2次，年底前帮助3名困难学生补考过关",
    "全年听评课20节，指导2名青年教师站稳讲台",
    "走访实习企业6家，为毕业班联系岗位30个",
    "报销一次办结，全年不让同事跑第二趟",
    "每月进学生寝室2次，结对3名学业困难学生",
    "完成2门课程的线上资源建设，开学前向全体学生开放",
    "每季度组织1次志愿服务，参加学生不少于50人次",
]
FIRST = "先完成计划的一半，每月留有记录不少于2条"
SECOND = "年底前全部完成，并向支部党员大会报告1次"
VAGUE = "努力工作，争当先进"
CONSULTATION = {
    "method": "召开座谈会2次，发放征求意见表60份",
    "dates": "提诺前两周",
    "number": 60,
    "opinions": "希望改善实验室开放时间，简化学生事务办理。",
    "use": "采纳2条，列入承诺事项。",
}
COMMENT = {
    "achievements": "按承诺逐月落实，学生和同事评价好。",
    "problems": "记录不够及时，总结提炼少。",
    "direction": "把好的做法形成制度，带动青年党员。",
}
REMARKS = ["本季度按计划落实，记录完整。", "进展顺利，望下季度多听学生意见。", "完成较好，请及时登记进度。"]


def pledge(index: int, year: int, aspects: list[str], due: tuple[str, str], **changes: Any) -> dict[str, Any]:
    """Give the words of a pledge with two matters, each due on a month and day."""
    days = [f"{year}-{day}" for day in due]
    items = [
        {"content": content, "due_on": day, "aspect": aspects[(index + place) % len(aspects)], "measure": "列入月计划"}
        for place, (content, day) in enumerate(zip((FIRST, SECOND), days, strict=True))
    ]
    return {"headline": HEADLINES[index % len(HEADLINES)], "items": items, **changes}
