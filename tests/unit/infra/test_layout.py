"""Where one local system keeps its state and which ports it takes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local import layout as layouts
from infra.local.layout import SERVICES, SPAN, at
from infra.local.trouble import Trouble


@given(port=st.integers(1024, 65535 - SPAN))
def test_a_system_takes_different_ports_and_all_within_its_span(port: int) -> None:
    layout = at(Path("/srv/shanguang/var"), port)

    assert all(port <= number < port + SPAN for number in layout.ports)
    assert len(layout.ports) == 1 + len(SERVICES) + 4, "gateway, web processes, database, broker with its two helpers"


@given(first=st.integers(1024, 60000), distance=st.integers(SPAN, 2000))
def test_two_checkouts_a_span_apart_share_no_port(first: int, distance: int) -> None:
    one, other = at(Path("/a/var"), first), at(Path("/b/var"), first + distance)

    assert not set(one.ports) & set(other.ports)
    assert one.name != other.name


@pytest.mark.parametrize("port", ["", "eighty", "80", "0", "-1", "65530", "99999"])
def test_a_port_that_cannot_be_is_refused_with_its_value(port: str) -> None:
    with pytest.raises(Trouble, match="SHANGUANG_PORT"):
        at(Path("/a/var"), port)


def test_a_state_folder_that_a_configuration_cannot_name_is_refused() -> None:
    with pytest.raises(Trouble, match="引号"):
        at(Path('/a/"quoted"/var'), 8080)


def test_the_variables_move_port_and_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANGUANG_VAR", str(tmp_path))
    monkeypatch.setenv("SHANGUANG_PORT", "9100")

    layout = layouts.here()

    assert (layout.var, layout.base_url) == (tmp_path, "http://127.0.0.1:9100")


def test_without_the_variable_the_port_of_the_last_start_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANGUANG_VAR", str(tmp_path))
    monkeypatch.delenv("SHANGUANG_PORT", raising=False)
    assert layouts.here().port == layouts.DEFAULT_PORT

    layouts.keep_port(at(tmp_path, 9200))

    assert layouts.here().port == 9200


@given(depth=st.integers(1, 60))
def test_the_supervisors_socket_never_gets_too_long_for_the_kernel(depth: int) -> None:
    layout = at(Path("/home/someone", *["deep"] * depth, "var"), 8080)

    assert len(str(layout.socket).encode()) < 108
