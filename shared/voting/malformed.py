"""The one refusal of everything that reads the texts of an electronic ballot."""


class Malformed(Exception):  # noqa: N818 - a statement about the text
    """A text is not what the format says: `code` (snake_case, stable) says which rule it breaks, `detail` where."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail

    def __reduce__(self) -> tuple[type["Malformed"], tuple[str, str]]:
        return (type(self), (self.code, self.detail))
