"""The group in which an electronic ballot counts: its elements as texts, and its arithmetic."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from gmpy2 import invert, mpz, powmod, powmod_sec

from shared.voting.malformed import Malformed
from shared.voting.powers import SharedPowers
from shared.voting.table import FixedBase

IDENTITY: int = mpz(1)


def digits(text: object) -> int:
    """Read a number as the format writes it: ASCII digits, no sign, no leading zero; else Malformed("number")."""
    if not isinstance(text, str) or not text.isascii() or not text.isdigit() or (text[0] == "0" and text != "0"):
        raise Malformed("number", "not plain decimal digits")
    if len(text) > 1024:
        raise Malformed("number", "too long")
    value: int = mpz(text)
    return value


@dataclass(frozen=True)
class Group:
    """The subgroup of prime order `q` of the numbers modulo `p`, made by `g` (ballot format 1.2)."""

    name: str
    p: int
    q: int
    g: int

    def form(self, text: object) -> int:
        """Read a number 0 < x < p, without the dear test whether it is in the group."""
        value = digits(text)
        if not 0 < value < self.p:
            raise Malformed("element_range", "not between 0 and p")
        return value

    def parse(self, text: object) -> int:
        """Read an element; refuse what is not in the group (components of small order included)."""
        value = self.form(text)
        if not self.contains(value):
            raise Malformed("not_in_group", "not a member of the group")
        return value

    def text(self, element: int) -> str:
        """Write an element as the format does."""
        return str(element)

    def contains(self, element: int) -> bool:
        """Say whether the number is an element of the group; exact."""
        return 0 < element < self.p and bool(powmod(element, self.q, self.p) == 1)

    def multiply(self, *elements: int) -> int:
        """Give the product of elements."""
        return self.product(elements)

    def product(self, elements: Iterable[int]) -> int:
        """Give the product of elements, the identity for none."""
        result, p = mpz(1), self._modulus
        for element in elements:
            result = result * element % p
        value: int = result
        return value

    def invert(self, element: int) -> int:
        """Give the inverse of an element."""
        value: int = invert(mpz(element), self._modulus)
        return value

    def power(self, element: int, exponent: int) -> int:
        """Give element^exponent; not in constant time: for public exponents only."""
        value: int = powmod(element, exponent % self.q, self._modulus)
        return value

    def secret_power(self, element: int, exponent: int) -> int:
        """Give element^exponent for a secret exponent, in constant time."""
        reduced = exponent % self.q
        value: int = powmod_sec(element, reduced, self._modulus) if reduced else mpz(1)
        return value

    def shared_powers(self) -> SharedPowers:
        """Give an empty place to ask for powers that are worked out together."""
        return SharedPowers(self._modulus)

    def fixed(self, base: int) -> FixedBase:
        """Give the table of an element that is raised often (kept for the few last asked for)."""
        return _fixed(mpz(base), self._modulus, self.q.bit_length())

    @cached_property
    def generator(self) -> FixedBase:
        """Give the table of the generator."""
        return FixedBase(self.g, self.p, self.q.bit_length())

    def random(self) -> int:
        """Draw a secret exponent, 0 < e < q."""
        return secrets.randbelow(self.q - 1) + 1

    @cached_property
    def _modulus(self) -> int:
        value: int = mpz(self.p)
        return value


@lru_cache(maxsize=6)
def _fixed(base: int, p: int, bits: int) -> FixedBase:
    return FixedBase(base, p, bits)


BELENIOS_2048 = Group(
    name="BELENIOS-2048",
    p=int(
        "206947856914225464010136436575050080649229892957511040971008847870573742192427174019222372544976843381290"
        "666331380789584049600543896362897963930387739057228036059737494276713767776188985898727358650490811670993"
        "105358677809800307904916540637771737641986785272734744763418356000356983051931442845617019110007867373073"
        "335641239717328979132404745788344682606523279746479511376726586935821800463179220736688600526271863633860"
        "887968821207694323661494910029234443463732221458841005864210502421203654335612013204811188524087310770141"
        "51666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719"
    ),
    q=78571733251071885079927659812671450121821421258408794611510081919805623223441,
    g=int(
        "240235267750185220922768770353239993271228765737836491651007531878766327414635321932028567615526967879969"
        "466829874938909508389657342560190060106847716449173547413728310461045868131451178164675540052740288984613"
        "986453266121505579709716201616827031288643245666383486363578210615491841998253431518974065818686865115135"
        "857641013888221539601604322884360393098933366277284840659313840601023167509576377798266510360682240663507"
        "669776402534625377308513317349519424896775405257365904949247763147599157519877517771148149092045660020547"
        "8127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627"
    ),
)
GROUPS = {BELENIOS_2048.name: BELENIOS_2048}


def named(name: object) -> Group:
    """Find a group by its name in an election; Malformed("group") for one we do not know."""
    if not isinstance(name, str) or name not in GROUPS:
        raise Malformed("group", "unknown group")
    return GROUPS[name]
