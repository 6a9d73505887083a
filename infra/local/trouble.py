"""The reasons for which the runner stops, each a Chinese sentence that says what to do."""


class Trouble(Exception):  # noqa: N818
    """Something is missing or in the way; the message is shown to the operator as it stands."""
