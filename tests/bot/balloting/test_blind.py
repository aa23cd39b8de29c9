"""Tokens: what RFC 9474 says, and that the signer learns nothing."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.balloting import blind
from tests.bot.balloting.voters import Token

# Appendix A.1 of RFC 9474, RSABSSA-SHA384-PSS-Randomized, has a key of 4096 bits; ours are of 2048. The page's library
# holds itself to it (its own tests); here the two are held to each other in tests/browser.


@pytest.fixture(scope="module")
def keys() -> tuple[bytes, bytes]:
    """A poll's key: public, private."""
    return blind.make_key()


def test_what_was_blinded_and_signed_is_a_token(keys: tuple[bytes, bytes]) -> None:
    public, private = keys
    token = Token(public)
    token.finish(blind.sign(private, token.blinded))
    assert blind.genuine(public, token.message, token.signature)


def test_the_same_request_gets_the_same_answer(keys: tuple[bytes, bytes]) -> None:
    token = Token(keys[0])
    assert blind.sign(keys[1], token.blinded) == blind.sign(keys[1], token.blinded)


@pytest.mark.parametrize("length", [0, 255, 257])
def test_another_length_is_refused(keys: tuple[bytes, bytes], length: int) -> None:
    with pytest.raises(ValueError, match="no blinded"):
        blind.sign(keys[1], bytes([1]) * length)


def test_nothing_and_more_than_the_modulus_are_refused(keys: tuple[bytes, bytes]) -> None:
    for message in (bytes(256), b"\xff" * 256):
        with pytest.raises(ValueError, match="no blinded"):
            blind.sign(keys[1], message)


def test_a_token_of_another_poll_or_number_is_none(keys: tuple[bytes, bytes]) -> None:
    public, private = keys
    token = Token(public)
    token.finish(blind.sign(private, token.blinded))
    other, _ = blind.make_key()
    assert not blind.genuine(other, token.message, token.signature)
    assert not blind.genuine(public, token.message[:-1] + b"\0", token.signature)
    assert not blind.genuine(public, token.message, bytes(256))
    assert not blind.genuine(public, b"", token.signature)


def test_every_token_fits_every_request_that_was_signed(keys: tuple[bytes, bytes]) -> None:
    """Perfect blinding: for each pair there is a factor that makes one of the other, so the requests tell nothing of the tokens,
    however long somebody computes, and also with the private key.
    """
    public, private = keys
    numbers = _numbers(private)
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    tokens = [Token(public) for _ in range(3)]
    for token in tokens:
        token.finish(blind.sign(private, token.blinded))
    for asked in tokens:
        for spent in tokens:
            encoded = pow(int.from_bytes(spent.signature), e, n)
            factor = pow(int.from_bytes(asked.blinded) * pow(encoded, -1, n), numbers.d, n)
            assert encoded * pow(factor, e, n) % n == int.from_bytes(asked.blinded)


def test_the_operation_is_done_on_numbers_nobody_chose(keys: tuple[bytes, bytes], monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(blind, "pow", lambda *given: seen.append(given) or pow(*given), raising=False)
    token = Token(keys[0])
    for _ in range(2):
        blind.sign(keys[1], token.blinded)
    raised = [base for base, exponent, _ in seen if exponent.bit_length() > 64]
    exponents = [exponent for _, exponent, _ in seen if exponent.bit_length() > 64]
    assert int.from_bytes(token.blinded) not in raised
    assert len(set(raised)) == len(set(exponents)) == 2


def _numbers(private: bytes) -> rsa.RSAPrivateNumbers:
    key = blind._private(private)
    assert key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()) == private
    return key.private_numbers()
