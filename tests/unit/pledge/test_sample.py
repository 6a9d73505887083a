"""A sample that anybody draws again."""

import hashlib
import shutil
import subprocess
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.pledge.inspection import sample

IDS = st.lists(st.uuids(), unique=True, max_size=30)
DOCUMENTED = """
while read -r id; do printf '%s ' "$id"; printf '%s:%s' "$seed" "$id" | sha256sum; done |
    LC_ALL=C sort -k2 | head -n "$n" | cut -d' ' -f1
"""


@given(IDS, st.integers(0, 40), st.randoms())
def test_a_sample_follows_from_seed_and_list_alone(ids: list[UUID], size: int, random: object) -> None:
    """R-078: 随机抽查, reproducible whatever the order of the list"""
    drawn = sample.draw("abc", ids, size)
    shuffled = list(ids)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sample.draw("abc", shuffled, size) == drawn
    assert len(drawn) == min(size, len(ids))
    assert set(drawn) <= set(ids)


@given(IDS, st.integers(0, 20))
def test_a_larger_sample_holds_the_smaller(ids: list[UUID], size: int) -> None:
    assert sample.draw("abc", ids, size + 1)[:size] == sample.draw("abc", ids, size)


def test_every_pledge_comes_up_for_some_seed() -> None:
    ids = [UUID(int=number) for number in range(10)]
    firsts = {sample.draw(hashlib.sha256(bytes([number])).hexdigest(), ids, 1)[0] for number in range(200)}
    assert firsts == set(ids)


def test_seeds_differ() -> None:
    assert sample.seed() != sample.seed()
    assert len(bytes.fromhex(sample.seed())) == 16


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the documented way needs sha256sum")
def test_the_documented_way_in_a_shell_draws_the_same() -> None:
    """R-078: reproducible by anybody with the seed and the list"""
    ids = [uuid4() for _ in range(12)]
    environment = {"seed": "0123456789abcdef", "n": "5", "PATH": "/usr/bin:/bin"}
    ran = subprocess.run(
        ["bash", "-c", DOCUMENTED], input=sample.listed(ids), env=environment, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert ran.stdout.split() == [str(one) for one in sample.draw("0123456789abcdef", ids, 5)]


def test_the_digest_is_that_of_the_downloaded_list() -> None:
    ids = [uuid4(), uuid4()]
    assert sample.digest(reversed(ids)) == hashlib.sha256(sample.listed(ids).encode()).hexdigest()
