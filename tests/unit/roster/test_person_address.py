"""An address is taken only if a mail can be written to it."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from services.roster.imports.cells import CLEAR, CellFault
from services.roster.imports.people import READERS
from services.roster.person.address import check, is_address

NONE = ("zhang@", " .@x.cn", "@x.cn", "a@b", "a b@x.cn", "张@x.cn", "a@x.cn,b@x.cn", "a..b@x.cn", "a@x.cn\r\nX: y", "<")


@pytest.mark.parametrize("address", NONE)
def test_what_is_no_address_is_refused_at_both_doors(address: str) -> None:
    """requirements 4.6."""
    with pytest.raises(ValidationError, match="邮箱地址不完整"):
        check(address)
    with pytest.raises(CellFault):
        READERS["email"](address)


def test_an_address_is_taken_and_may_be_emptied() -> None:
    for address in ("Wang.Yi-ming@mail.example.edu.cn", "t001@example.edu.cn", "o'neil+party@x-y.cn"):
        check(address)
        assert READERS["email"](f" {address} ") == address
    check("")
    assert READERS["email"](CLEAR) == ""
    assert not is_address("a" * 100 + "@x.cn")


@given(st.from_regex(r"[!-~]{1,30}@[!-~]{1,40}", fullmatch=True) | st.text(max_size=40))
def test_to_whatever_is_taken_a_mail_can_be_written(text: str) -> None:
    if is_address(text):
        written = EmailMessage()
        written["To"] = text
        assert [each.addr_spec for each in written["To"].addresses] == [text]


@given(st.from_regex(r"[a-z0-9]{1,9}([.+_-][a-z0-9]{1,9}){0,2}@([a-z0-9]{1,9}\.){1,3}[a-z]{2,6}", fullmatch=True))
def test_every_usual_address_is_taken(address: str) -> None:
    assert is_address(address)
