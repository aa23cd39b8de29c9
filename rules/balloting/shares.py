"""Putting a split secret together from any two of its shares (Shamir's scheme).

The format is that of npm's shamir-secret-sharing, with which the page splits secrets 2 of n. Every byte of the secret
is the value at 0 of a line over GF(2^8) with AES's polynomial 0x11b. A share holds the values of these lines at one x,
followed by x itself.
"""

from collections.abc import Sequence


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0x11B if value & 0x100 else value


def _times(left: int, right: int) -> int:
    product = 0
    while right:
        if right & 1:
            product ^= left
        left, right = _doubled(left), right >> 1
    return product


def _inverse(value: int) -> int:
    """The inverse of a value, value^254, since value^255 is 1."""
    result, power = 1, value
    for bit in range(8):
        if 254 >> bit & 1:
            result = _times(result, power)
        power = _times(power, power)
    return result


def joined(shares: Sequence[bytes]) -> bytes | None:
    """The secret of two shares; None when they do not belong to one secret: different lengths, or the same or an
    invalid x.
    """
    if len(shares) != 2 or len({len(one) for one in shares}) != 1 or len(shares[0]) < 2:
        return None
    (*first, x1), (*second, x2) = shares
    if x1 == x2 or not x1 or not x2:
        return None
    # In characteristic 2: f(0) = (f1·x2 + f2·x1) / (x1 + x2).
    over = _inverse(x1 ^ x2)
    left, right = _times(x2, over), _times(x1, over)
    return bytes(_times(a, left) ^ _times(b, right) for a, b in zip(first, second, strict=True))
