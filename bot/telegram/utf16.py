"""Text as Telegram counts and takes it: in UTF-16 units, without halves of characters."""


def units(text: str) -> int:
    """The length of plain text: most emoji count two."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def whole(text: str) -> str:
    """The text with every half of a surrogate pair, which no database and no channel takes, replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
