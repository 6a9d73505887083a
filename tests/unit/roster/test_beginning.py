"""The first day of an administrator: what is still to do, in its order."""

from hypothesis import given
from hypothesis import strategies as st

from services.roster.home.beginning import Standing, tasks

COUNTS = st.integers(0, 1)
STANDINGS = st.builds(Standing, schemes=COUNTS, branches=COUNTS, members=COUNTS, sign_ins=COUNTS, campus=st.booleans())


def test_an_empty_system_names_all_steps_in_order() -> None:
    """R-231: meetings, places and notices follow the scheme that was adopted; without one nothing can be done."""
    found = tasks(Standing(schemes=0, branches=0, members=0, sign_ins=0, campus=False))
    assert [task.title.partition("：")[2] for task in found] == [
        "采用制度方案", "登记党组织", "登记人员和职务", "给支部书记等人设置初始密码", "核对放假安排",
    ]  # fmt: skip
    assert all(task.href.startswith("/") for task in found)


def test_what_is_done_is_ticked_and_asked_no_more() -> None:
    found = tasks(Standing(schemes=1, branches=1, members=0, sign_ins=0, campus=True))
    assert [task.title for task in found] == [
        "初次使用第3步，共5步：登记人员和职务",
        "初次使用第5步，共5步：核对放假安排",
    ]
    assert "✓ 采用制度方案、✓ 登记党组织、✓ 给支部书记等人设置初始密码" in found[0].note


@given(STANDINGS)
def test_the_steps_end_once_a_branch_can_work(now: Standing) -> None:
    ready = bool(now.schemes and now.branches and now.members and (now.sign_ins or now.campus))
    assert (not tasks(now)) == ready
