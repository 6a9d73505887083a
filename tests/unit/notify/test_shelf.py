"""Public papers are written once and kept within bounds."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from hypothesis import given
from hypothesis import strategies as st

from services.notify.document.shelf import Paper, Shelf


class Press:
    """Writes papers of a size and counts them."""

    def __init__(self, size: int = 10) -> None:
        self.size = size
        self.written: list[str] = []

    def of(self, key: str, shelf: Shelf) -> Paper:
        def write() -> Paper:
            self.written.append(key)
            return f"{key}.pdf", key.encode().ljust(self.size)

        return shelf.give(key, write)


def test_the_same_paper_is_written_once_and_another_apart() -> None:
    shelf, press = Shelf(room=100), Press()
    assert press.of("a", shelf) == press.of("a", shelf) != press.of("b", shelf)
    assert press.written == ["a", "b"]


def test_what_was_asked_for_longest_ago_makes_room() -> None:
    shelf, press = Shelf(room=20), Press()
    for key in ("a", "b", "a", "c", "a", "b"):
        press.of(key, shelf)
    assert press.written == ["a", "b", "c", "b"]


def test_a_paper_larger_than_the_shelf_is_given_and_not_kept() -> None:
    shelf, press = Shelf(room=5), Press()
    assert press.of("a", shelf)[0] == press.of("a", shelf)[0] == "a.pdf"
    assert press.written == ["a", "a"]


def test_who_asks_at_the_same_time_waits_for_the_one_that_is_being_written() -> None:
    shelf, begun, go = Shelf(room=100), Event(), Event()
    written = []

    def write() -> Paper:
        begun.set()
        go.wait()
        written.append(1)
        return "a.pdf", b"a"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(shelf.give, "a", write)
        begun.wait()
        second = pool.submit(shelf.give, "a", write)
        go.set()
        assert first.result() == second.result() == ("a.pdf", b"a")
    assert written == [1]


@given(st.lists(st.sampled_from("abcdef"), max_size=60), st.integers(0, 40))
def test_whatever_is_asked_for_is_what_is_given(keys: list[str], room: int) -> None:
    shelf, press = Shelf(room=room), Press()
    for key in keys:
        assert press.of(key, shelf) == (f"{key}.pdf", key.encode().ljust(10))
