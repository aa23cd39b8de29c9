"""What a push service carries comes out as the RFC says, and tells nothing by its length."""

import base64

from cryptography.hazmat.primitives.asymmetric import ec

from bot.door.push_key import from_base64
from bot.web.sealing import CURVE, sealed
from storage.repositories.access.pushes import PushAddress

# RFC 8291, appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
    "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_vectors_of_the_rfc_come_out() -> None:
    ours = ec.derive_private_key(int.from_bytes(from_base64(OURS)), CURVE)
    address = PushAddress("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", POINT, AUTH)
    found = sealed(PLAIN, address, length=0, salt=from_base64(SALT), ours=ours)
    assert base64.urlsafe_b64encode(found).decode().rstrip("=") == SEALED


def test_the_length_tells_nothing_and_no_two_are_alike() -> None:
    address = PushAddress("https://push.example/", POINT, AUTH)
    one, other = sealed(b"a", address), sealed(b"a" * 300, address)
    assert len(one) == len(other)
    assert one[:86] != sealed(b"a", address)[:86]
