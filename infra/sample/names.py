"""Invented people: Faker's Chinese names, and the few that try every system, minority names and rare characters."""

from random import Random

from faker import Faker

MINORITY = ("买买提·艾力", "阿依古丽·吐尔逊", "努尔兰·别克", "扎西·次仁", "古丽娜尔·买买提")
RARE = "𬭎𠅤𫍯䶮"
"""Characters outside the common planes, which have to survive everywhere."""


class Names:
    """Names, one after the other, always the same for the same seed and release of Faker."""

    def __init__(self, random: Random) -> None:
        """Take the source of chance."""
        self._random = random
        self._faker = Faker("zh_CN")
        self._faker.seed_instance(random.randrange(2**32))

    def next(self) -> str:
        """Give a name."""
        chance = self._random.random()
        if chance < 0.002:
            return self._random.choice(MINORITY)
        surname = str(self._faker.last_name())
        return surname + (self._random.choice(RARE) if chance < 0.004 else str(self._faker.first_name()))
