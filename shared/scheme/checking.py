"""What may be wrong with a scheme's settings: each by itself, and some with one another."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from shared.scheme.setting import Setting
from shared.scheme.settings import BY_KEY, FORM_IDENTITIES


def check(settings: Mapping[str, Any]) -> list[str]:
    """List everything that is wrong with a whole scheme's settings, each a Chinese sentence; an empty list is good."""
    return faults(settings) or conflicts(settings)


def faults(settings: Mapping[str, Any]) -> list[str]:
    """List what is wrong with single settings, whatever the others say; these need not be a whole scheme."""
    wrong = [f"没有“{key}”这项设置。" for key in settings if key not in BY_KEY]
    for setting in (BY_KEY[key] for key in settings if key in BY_KEY):
        if _fits(setting, settings[setting.key]):
            wrong += _doubts(setting, settings[setting.key])
        else:
            wrong.append(f"“{setting.title}”的值不合要求{_bound(setting)}。")
    return wrong


def _bound(setting: Setting) -> str:
    return f"，不得少于{setting.least}" if setting.least else ""


def conflicts(settings: Mapping[str, Any]) -> list[str]:
    """List which settings contradict one another, of settings that have no `faults`; absent ones have the default."""
    whole = {key: settings.get(key, setting.default) for key, setting in BY_KEY.items()}
    return [*_pooling(whole), *_window(whole), *_weighing(whole)]


def _pooling(settings: Mapping[str, Any]) -> Iterator[str]:
    """Places are pooled before anybody comes, from the roster alone."""
    if settings["ballot.pooling"] and settings["ballot.carry"]:
        yield "名额由党总支统筹分配的，小数部分不能再由各支部累计到下一季度。"
    if settings["ballot.pooling"] and settings["ballot.base"] in {"entitled", "present"}:
        yield "名额由党总支统筹分配的，在开会以前计算，名额基数只能是在册党员或在册正式党员。"


def _window(settings: Mapping[str, Any]) -> Iterator[str]:
    opens, closes = settings["pledge.window_opens"], settings["pledge.window_closes"]
    if opens > closes and not settings["pledge.window_before"]:
        yield (f"年度承诺从{opens}起、到{closes}止，起止颠倒；从上年年底起提出的，请把“从上年的该日起提出”定为“是”。")


def _weighing(settings: Mapping[str, Any]) -> Iterator[str]:
    names = dict(BY_KEY["appraisal.weights"].choices)
    for source in settings["appraisal.weights"]:
        if source not in settings["appraisal.sources"]:
            yield f"“{names.get(source, source)}”不在评诺的方式之中，不能有权重。"


def _fits(setting: Setting, value: Any) -> bool:
    options = {option for option, _ in setting.choices}
    match setting.kind:
        case "text":
            return isinstance(value, str) and bool(value.strip())
        case "texts":
            return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
        case "flag":
            return isinstance(value, bool)
        case "count":
            return isinstance(value, int) and not isinstance(value, bool) and value >= setting.least
        case "fraction":
            return _is_share(value)
        case "day":
            return _is_day(value)
        case "choice":
            return isinstance(value, str) and value in options
        case "choices" | "ordered":
            return _is_selection(value, options)
        case "pairs":
            return isinstance(value, dict) and all(isinstance(text, str) and text.strip() for text in value.values())
        case _:
            return isinstance(value, list) and all(_is_condition(item) for item in value)


def _doubts(setting: Setting, value: Any) -> Iterator[str]:
    """Say what a value of the right kind gets wrong all the same."""
    if setting.kind == "pairs":
        names = dict(setting.choices)
        for key in value:
            if key not in names:
                yield f"“{setting.title}”中不认识“{key}”，可以写：{'、'.join(names.values())}。"
    match setting.key:
        case "appraisal.weights":
            yield from _weights(setting, value)
        case "after.identities":
            for text in dict.fromkeys(value.values()):
                if text not in FORM_IDENTITIES:
                    yield f"“{setting.title}”不能是“{text}”，登记表只填：{'、'.join(FORM_IDENTITIES)}。"
        case "ballot.ties":
            yield from _idle(setting, value)


def _weights(setting: Setting, value: Mapping[str, str]) -> Iterator[str]:
    names = dict(setting.choices)
    unread = [key for key, text in value.items() if _weight(text) is None]
    for key in unread:
        yield f"“{names.get(key, key)}”的权重“{value[key]}”无法识别，请写数字、百分数或分数，如 30%。"
    if value and not unread and not sum(_weight(text) or 0 for text in value.values()):
        yield f"“{setting.title}”合计须大于 0；不设权重的，请留空。"
    if len({text.strip().endswith(("%", "％")) for text in value.values()}) > 1:
        yield f"“{setting.title}”请都写百分数，或者都不写百分号。"


def _weight(text: str) -> Fraction | None:
    try:
        weight = Fraction(text.strip().rstrip("%％"))
    except (ValueError, ZeroDivisionError):
        return None
    return weight if weight >= 0 else None


def _idle(setting: Setting, value: list[str]) -> Iterator[str]:
    """减少名额 settles every tie, so that nothing behind it ever acts."""
    names = dict(setting.choices)
    if "fewer" in value:
        for option in value[value.index("fewer") + 1 :]:
            yield f"“{setting.title}”：“{names['fewer']}”之后不再有相同票，排在后面的“{names[option]}”永远用不上。"


def _is_selection(value: Any, options: set[str]) -> bool:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        return False
    return set(value) <= options and len(set(value)) == len(value)


def _is_share(value: Any) -> bool:
    try:
        return isinstance(value, str) and 0 <= Fraction(value) <= 1
    except (ValueError, ZeroDivisionError):
        return False


def _is_day(value: Any) -> bool:
    """Say whether a value is a day of any year, 02-28; 02-29 is none."""
    try:
        return isinstance(value, str) and len(value) == 5 and bool(date.fromisoformat(f"2013-{value}"))
    except ValueError:
        return False


def _is_condition(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("number"), int)
        and bool(item.get("text"))
        and isinstance(item.get("sensitive"), bool)
        and item.get("computed") in (None, "attendance", "register")
    )
