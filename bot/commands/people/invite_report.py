"""What the commands about invitations say."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bot.campaign.invitations.invited import InvitationStatus, InvitedPerson
from bot.door.links import Links
from templates.errors import one_line

_WITHOUT = {
    InvitationStatus.JOINED: "đã vào",
    InvitationStatus.EXPIRED: "mã đã hết hạn",
    InvitationStatus.REVOKED: "mã đã thu hồi",
    InvitationStatus.UNREADABLE: "mã không đọc được vì khóa tusoi.key đã đổi; cấp lại: tusoi invite reissue --expired",
    InvitationStatus.UNTIED: "đã vào rồi gỡ ra, chưa có mã mới",
    InvitationStatus.NEVER: "chưa có mã",
    InvitationStatus.BODY: "tập thể, không có mã riêng; người chủ trì soạn báo cáo làm trên điện thoại của mình",
}
_HOW_TO_GIVE = "Cấp mã mới: tusoi invite reissue MÃ-SỐ…, hoặc --unit TÊN, hoặc --expired"


def told_of_units(people: Sequence[InvitedPerson], shown: Sequence[InvitedPerson], links: Links) -> Iterator[str]:
    """Unit by unit: a line with its numbers, then those of its people who are shown."""
    lines = {one.id for one in shown}
    for unit, each in groupby(people, key=lambda one: one.unit):
        members = list(each)
        yield one_line(f"== {unit}: {_numbers([one for one in members if not one.body])}")
        for person in members:
            if person.id in lines:
                yield from _told(person, links)
    if any(_without(one) for one in people):
        yield _HOW_TO_GIVE
    if not people:
        yield "Chưa có ai trong danh sách."


def _numbers(members: Sequence[InvitedPerson]) -> str:
    joined = sum(one.joined for one in members)
    waiting = sum(one.standing is InvitationStatus.WAITING for one in members)
    return (
        f"{len(members)} người; {joined} đã vào, {waiting} có mã, {len(members) - joined - waiting} chưa có mã còn hạn"
    )


def _without(person: InvitedPerson) -> bool:
    return not (person.code or person.joined or person.body)


def _told(person: InvitedPerson, links: Links) -> Iterator[str]:
    yield one_line(f"{person.name} ({person.key}, {person.position}): {person.code or _WITHOUT[person.standing]}")
    if person.code:
        yield f"    {_until(person)}{'; đã vào, mã cho điện thoại mới' if person.joined else ''}"
        yield from (f"    {link}" for link in links.of(person.code).values())


def _until(person: InvitedPerson) -> str:
    since = f"dùng được từ {person.opens:%H:%M ngày %d/%m/%Y}, " if person.opens else ""
    return f"{since}dùng đến {person.until:%H:%M ngày %d/%m/%Y}"


def as_json_text(shown: Iterable[InvitedPerson], links: Links, channels: Sequence[str]) -> str:
    """The people as a JSON list; `expires` is the last day of the code, links are "" where a channel is not open."""
    return json.dumps([_json(one, links, channels) for one in shown], ensure_ascii=False, indent=2)


def _json(person: InvitedPerson, links: Links, channels: Sequence[str]) -> dict[str, str]:
    where = links.of(person.code)
    return {
        "person": person.name,
        "key": person.key,
        "position": person.position,
        "unit": person.unit,
        "standing": person.standing.value,
        "code": person.code,
        **{channel: where.get(channel, "") for channel in channels},
        "expires": person.until.date().isoformat() if person.until else "",
    }


def told_before_printing(people: Sequence[InvitedPerson], links: Links, printed: Links) -> Iterator[str]:
    """Who gets no slip although they need one, and what is not printed."""
    for channel, way in links.ways.items():
        if channel not in printed.ways:
            yield (
                f"Không in đường dẫn {way.address}: chỉ máy này mở được. Đặt TUSOI_PUBLIC_URL là địa chỉ mọi người mở "
                "được rồi in lại."
            )
    without = [one for one in people if _without(one)]
    if without:
        named = ", ".join(f"{one.name} ({one.key})" for one in without)
        yield one_line(
            f"{len(without)} người chưa vào và chưa có mã còn hạn nên không có phiếu: {named}. {_HOW_TO_GIVE}"
        )


def told_of_reissue(people: Sequence[InvitedPerson], links: Links) -> Iterator[str]:
    """Person by person: the new code and its links."""
    for person in people:
        yield one_line(f"{person.name} ({person.key}), {person.unit}: mã mới {person.code}")
        after = "; người này được báo, và đồng ý trên thiết bị đang có thì mã dùng được ngay" if person.joined else ""
        yield f"    {_until(person)}{after}"
        yield from (f"    {link}" for link in links.of(person.code).values())
    if people:
        yield f"Đã cấp {len(people)} mã mới. Mã cũ chưa dùng của những người này không còn giá trị."
    else:
        yield "Không có ai cần mã mới; chưa làm gì."


def told_of_revoking(people: Iterable[tuple[InvitedPerson, int]]) -> Iterator[str]:
    """Person by person: whether there was a code to take back."""
    for person, codes in people:
        told = "đã thu hồi mã chưa dùng" if codes else "không có mã nào chưa dùng"
        yield one_line(f"{person.name} ({person.key}), {person.unit}: {told}")
