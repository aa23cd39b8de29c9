"""Plays a conversation with the real house of a small department whose month is open. What people do is read from the
file, and the replies are written anew; `« (Name)` is a notice. The format is that of tests/transcripts.
"""

import datetime as dt
import html
import itertools
import re
from dataclasses import dataclass, field

import sqlalchemy as sa

from bot.campaign.campaigns import open_campaign
from bot.clock import ZONE
from bot.demo.setting import fresh_invitation
from bot.door.kept import reply_from_json
from bot.door.words import word
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Pressed, Said
from rules.ledger.catalogue import Product
from rules.nouns.values import Subject
from rules.roster.people import Roster, RosterPerson, RosterUnit
from storage.store import Store
from storage.tables import DELIVERY
from tests.bot.playing import Clock, Phone, Stage, house_over, shelf

NOW = dt.datetime(2026, 10, 1, 9, 0, tzinfo=ZONE)
OFFICE = "Sở Mẫu tỉnh Hòa Thuận"

#: The catalogue of the fictional office.
CATALOGUE = (
    Product("BC-01", "Báo cáo tháng", "1", 1, "báo cáo"),
    Product("BC-02", "Báo cáo chuyên đề", "2", 2.5, "báo cáo"),
    Product("TT", "Tờ trình", "2", 2, "văn bản"),
    Product("CV", "Công văn trả lời", "1", 0.5, "văn bản"),
)


def _person(key: str, name: str, unit: str, role: str = "", *, desk: bool = False) -> RosterPerson:
    return RosterPerson(
        key=key,
        name=name,
        position={"head": "Trưởng phòng" if unit != OFFICE else "Giám đốc Sở"}.get(role, "Chuyên viên"),
        unit=unit,
        subject=Subject.OFFICIAL,
        leader=bool(role),
        role=role,
        party_member=False,
        serves_public=False,
        desk=desk,
    )


ROSTER = Roster(
    (RosterUnit(OFFICE, ""), RosterUnit("Phòng Tổng hợp", OFFICE), RosterUnit("Văn phòng Sở", OFFICE, desk=True)),
    (
        _person("GD", "Lê Văn Giám", OFFICE, "head"),
        _person("TP", "Phạm Thị Trưởng", "Phòng Tổng hợp", "head"),
        _person("LAN", "Ngô Thị Lan", "Phòng Tổng hợp"),
        _person("MINH", "Đỗ Văn Minh", "Phòng Tổng hợp"),
        _person("CVP", "Vũ Thị Văn", "Văn phòng Sở", "head"),
        _person("HOA", "Bùi Thị Hoa", "Văn phòng Sở", desk=True),
    ),
)


async def department(store: Store, *, catalogue: bool = True) -> Stage:
    """Makes the department, with September open and the catalogue stored."""
    clock = Clock(NOW)
    await open_campaign(store, shelf(), ["decree-335-2025"], 2026, ROSTER, NOW, period="m09")
    if catalogue:
        async with store.transaction() as tx:
            office = await tx.units.office(OFFICE)
            await tx.ledgers.keep_catalogue(office, CATALOGUE, 1, NOW)
            await tx.commit()
    return Stage(store, clock, house_over(store, clock), itertools.count(1))


@dataclass
class Play:
    """One play: its department, and a phone for each name in the script."""

    stage: Stage
    phones: dict[str, Phone] = field(default_factory=dict)
    labels: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    seen: int = 0

    async def whole(self, script: str) -> str:
        """All acts of a script, written anew with their effects."""
        lines: list[str] = []
        for act in (part for part in re.split(r"\n{1,}(?=#|@|\w+ [»~] )", script.strip())):
            found = re.fullmatch(r"(\w+) ([»~]) (.*?)(\n[«=].*)?", act, re.DOTALL)
            if found is None:
                lines += [act, ""]
                continue
            who, sign, what = found[1], found[2], found[3].replace("\n  ", "\n")
            if sign == "~":
                for one in what.split(" | "):
                    await self.act(who, one)
                lines += [f"{who} ~ {what}", ""]
                continue
            lines.append(f"{who} » " + what.replace("\n", "\n  "))
            lines += [*await self.act(who, what), ""]
        return "\n".join(lines).rstrip() + "\n"

    async def act(self, who: str, what: str) -> list[str]:
        """One act of somebody, with its effects, as lines."""
        if who not in self.phones:
            self.phones[who] = await self._enters(who)
        phone = self.phones[who]
        if what == "(phiếu)":
            await phone.commands("tieptuc")
            if "Phiếu này là của tháng hay quý nào" in phone.text:
                await phone.says("tháng 9 năm 2026")
            await phone.fills_in(quantity="100", quality="100", progress="100")
            return self._replies(who, phone)
        if what.startswith("/"):
            await phone.does(Commanded(*what[1:].split(" ", 1)))
        elif what.startswith("["):
            wanted = what[1:-1]
            data = next(data for label, data in reversed(self.labels[who]) if label == wanted)
            await phone.does(Pressed(Button.decode(data)))
        else:
            await phone.does(Said(what))
        return [*self._replies(who, phone), *await self._notices()]

    async def _enters(self, who: str) -> Phone:
        async with self.stage.store.reading() as tx:
            person = await tx.people.by_roster_key(await tx.units.office(OFFICE) or 0, who.upper())
        assert person is not None, who
        phone = self.stage.phone(who)
        await phone.commands("start", await fresh_invitation(self.stage.store, person.id, self.stage.clock()))
        return phone

    def _replies(self, who: str, phone: Phone) -> list[str]:
        lines: list[str] = []
        for reply in phone.answered.replies:
            lines += _said("«", reply.html)
            rows = [" ".join(f"[{key.label}]" for key in row) for row in reply.keyboard]
            self.labels.setdefault(who, []).extend((key.label, key.data) for row in reply.keyboard for key in row)
            lines += [f"  {' | '.join(rows)}"] if rows else []
        return lines

    async def _notices(self) -> list[str]:
        query = sa.select(DELIVERY.c.id, DELIVERY.c.person_id, DELIVERY.c.reply)
        query = query.where(DELIVERY.c.id > self.seen).order_by(DELIVERY.c.id)
        lines: list[str] = []
        async with self.stage.store.reading() as tx:
            rows = (await tx.connection.execute(query)).mappings().all()
            names = await tx.people.names([row["person_id"] for row in rows])
            keys = await tx.people.keys(await tx.units.office(OFFICE) or 0)
        for row in rows:
            self.seen = row["id"]
            told = word(reply_from_json(row["reply"]), "vi")
            lines += _said(f"« ({names[row['person_id']].split()[-1]})", told.html)
            shown = [(key.label, key.data) for keys_ in told.keyboard for key in keys_]
            who = keys[row["person_id"]].capitalize()
            self.labels.setdefault(who, []).extend(shown)
            lines += ["  " + " | ".join(f"[{label}]" for label, _ in shown)] if shown else []
        return lines


def _said(sign: str, text: str) -> list[str]:
    plain = html.unescape(re.sub(r"</?(?:b|i|u|s|code|blockquote)>", "", text))
    first, *rest = plain.split("\n")
    return [f"{sign} {first}", *(f"  {line}".rstrip() for line in rest)]
