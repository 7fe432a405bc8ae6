"""A credential that cannot be shown by accident. Imports nothing of ours."""

from __future__ import annotations


class Secret:
    """Text that shows as ``***`` wherever it is printed, logged or dumped.

    White space around it is stripped: a secret file usually ends in a newline.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text.strip()

    def reveal(self) -> str:
        """Give the text itself; only what puts it on the wire or into a private file calls this."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")
