"""A whole meeting by its plan, from the drafts to the minutes. Only buttons that a phone was shown are pressed.

held = await Held.begin(url, folder, PLAN)     # the office, its campaign, the drafts handed in
await held.called(); await held.opened(); await held.first_day(); await held.second_day(); await held.voted(booth); …
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.documents.minutes import counts_of
from bot.turn.uploads import Enclosing
from dialogs.core.buttons import Button
from dialogs.core.events import Pressed
from rules.balloting.poll import Poll, Stage
from rules.meeting.minutes import Count
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import Meeting
from storage.kept_files import KeptFiles
from storage.tables import DELIVERY
from tests.bot.meetings.talking import Talk, keys_of
from tests.campaigns.meetings.booth import Booth
from tests.campaigns.meetings.plan import Plan, Vote
from tests.campaigns.stage import Play

_PLACE = "phòng họp tầng 2"


@dataclass
class Held:
    """The meeting, as far as it has been played."""

    play: Play
    plan: Plan
    talk: Talk
    chair: str = ""
    id: int = 0
    there: list[str] = field(default_factory=list)
    amended: list[str] = field(default_factory=list)  # the forms for which a new version takes the conclusion up

    @classmethod
    async def begin(cls, url: str, folder: Path, plan: Plan) -> "Held":
        """Opens the campaign; all members hand in, and so do the drafters of the bodies' reports."""
        play = await Play.begin(url, plan.cast(), plan.begins)
        await play.opens(folder, plan.book, year=plan.year)
        play.house = replace(play.house, enclosing=Enclosing(KeptFiles(folder / "enclosures")))
        held = cls(play, plan, Talk(play))
        answers = {who: {**plan.usual, **plan.answers.get(who, {})} for who in play.ids}
        for body, drafter in plan.drafters.items():
            (line,) = await play.standings(body)
            desk = await play.phone(plan.desk)
            await desk.names_a_drafter(line.person.name, line.review, play.cast.name(drafter))
        await play.everybody_hands_in(answers=answers)
        if plan.round:
            await held.goes_round()
        return held

    async def goes_round(self) -> None:
        """Sends the body's draft report round in its unit before the meeting: one person agrees, another comments, and
        the drafter takes the comment up.
        """
        plan, drafter = self.plan, await self.play.phone(self.plan.drafter)
        await drafter.commands("gopy")
        await drafter.taps("round_new")
        await drafter.taps("round_of", label=plan.round)
        await drafter.taps("round_to", label="Đơn vị tôi")
        await drafter.says(plan.days[0][:5])
        await drafter.taps("round_send")
        others = [one for one in plan.members if one != plan.drafter]
        for who, comment in ((others[0], ""), (others[1], "Đề nghị nêu rõ số thôn được hỗ trợ")):
            phone = await self.play.reads(who)
            await phone.presses("round_read", "1")
            await (phone.says(comment) if comment else phone.taps("round_agree"))
        await drafter.commands("gopy")
        await drafter.taps("round_card")
        await drafter.taps("round_take")
        async with self.play.store.reading() as tx:
            talk = await tx.rounds.talk(1)
        assert talk
        assert [one.settled and one.settled.taken for one in talk.comments] == [True]

    # ── what can be done with a phone ──

    async def press(self, who: str, verb: str, *about: object) -> str:
        """Press the newest button with this verb about that, among all they were shown in chat or in notices."""
        phone = await self.play.reads(who)
        told = [key for row in await self.play.rows(DELIVERY, person_id=self.play.ids[who]) for key in keys_of(row)]
        wanted = tuple(str(one) for one in about)
        for key in [*reversed(phone.shown), *reversed(told)]:
            button = Button.decode(key.data)
            if button and button.verb == verb and button.about[: len(wanted)] == wanted:
                self.talk.lines.append(f"{self.play.clock.now:%d/%m %H:%M} {phone.name} » [{key.label}]")
                await phone.does(Pressed(button))
                return self.talk._shows(phone)
        if verb in ("meeting_item", "meeting_agenda"):  # the page shows only a part of a long agenda
            await self.press(who, "meeting_program", self.id)
            return await self.press(who, verb, *about)
        raise AssertionError(f"{who} was never shown {verb} {wanted}:\n{self.talk.text[-3000:]}")

    async def says(self, who: str, text: str) -> str:
        """Type a text."""
        return await self.talk.says(who, text)

    async def page(self, who: str) -> str:
        """The page of the meeting."""
        phone = await self.play.phone(who)
        if not phone.sees("meeting_look", str(self.id)):
            shown = await self.says(who, "/hop")
            if not phone.sees("meeting_look", str(self.id)):  # the page of this meeting is already shown
                return shown
        return await self.press(who, "meeting_look", self.id)

    async def item(self, who: str, item: Item) -> str:
        """The page of an item; for a long agenda, by way of the whole agenda."""
        await self.page(who)
        if not (await self.play.phone(who)).sees("meeting_item", str(self.id), str(item.review)):
            await self.press(who, "meeting_program", self.id)
        return await self.press(who, "meeting_item", self.id, item.review)

    async def now(self) -> Meeting:
        """The meeting as it is now."""
        async with self.play.store.reading() as tx:
            meetings = await tx.meetings.of_office(1)
        return next(one for one in meetings if one.id == self.id) if self.id else meetings[-1]

    def who(self, person: int) -> str:
        """The short name of a person."""
        return self.play.who(person)

    # ── before ──

    async def called(self) -> None:
        """Calls it for the plan's day. The agenda follows the order of the text; another order is refused with the
        sentence, or kept with a reason.
        """
        plan, me = self.plan, self.plan.caller
        await self.says(me, "/hop")
        await self.talk.presses(me, f"＋ Lập cuộc họp: {plan.unit}"[:48])
        await self.says(me, f"14h00 {plan.days[0]}, {_PLACE}")
        meeting = await self.now()
        self.id, self.chair = meeting.id, me
        assert {self.who(one.id) for one in meeting.members} == set(plan.members)
        self._in_order(meeting)
        await self._ordered()
        await self.page(me)
        await self.press(me, "meeting_people", self.id)
        await self._of_person(me, plan.secretary, "meeting_secretary")
        for guest in plan.guests:
            await self.press(me, "meeting_people", self.id)
            await self.press(me, "meeting_invite", self.id)
            await self.press(me, "meeting_guest", self.id, self.play.ids[guest])
        await self.page(me)
        await self.press(me, "meeting_invitations", self.id)
        await self._absence_told()
        if plan.chair:
            await self._hands_chair(plan.chair, "Chủ trì cuộc họp theo phân công")

    def _in_order(self, meeting: Meeting) -> None:
        items = iter(meeting.items)
        for group in self.plan.order:
            found = [next(items) for _ in group]
            forms = {f"{self.who(one.person)} {one.form}" for one in found}
            assert {one if " " in one else f"{one} {self._form(forms, one)}" for one in group} == forms
        assert not list(items)

    def _form(self, forms: set[str], who: str) -> str:
        return next((one.partition(" ")[2] for one in forms if one.startswith(f"{who} ")), "")

    async def _of_person(self, me: str, other: str, verb: str) -> str:
        await self.page(me)
        await self.press(me, "meeting_people", self.id)
        await self.press(me, "meeting_person", self.id, self.play.ids[other])
        return await self.press(me, verb, self.id, self.play.ids[other])

    async def _ordered(self) -> None:
        plan, me = self.plan, self.plan.caller
        if plan.wrong is None:
            return
        number, sentence = plan.wrong
        before = (await self.now()).items
        await self.page(me)
        if (await self.play.phone(me)).sees("meeting_program"):
            await self.press(me, "meeting_program", self.id)
        await self.press(me, "meeting_agenda", self.id)
        refused = await self.press(me, "meeting_earlier", self.id, before[number - 1].review)
        assert "Thứ tự này khác quy định" in refused
        assert sentence in refused, refused
        if not plan.kept:
            await self.press(me, "meeting_agenda", self.id)
            assert (await self.now()).items == before
            return
        await self.press(me, "meeting_order_why", self.id)
        await self.says(me, plan.kept)
        after = await self.now()
        assert (after.order_kept, after.items[number - 2].review) == (plan.kept, before[number - 1].review)

    async def _absence_told(self) -> None:
        who, cause = self.plan.absent
        await self.press(who, "meeting_look", self.id)
        await self.press(who, "meeting_absent", self.id)
        assert "vắng" in (await self.says(who, cause)).lower()

    async def _hands_chair(self, to: str, why: str) -> None:
        await self._of_person(self.chair, to, "meeting_chair")
        await self.says(self.chair, why)
        self.chair = to

    # ── the first day ──

    async def opened(self) -> None:
        """Opens it. Everybody says that they are present, except those who are absent or come late."""
        self.play.on(f"{self.plan.days[0]} 14:00")
        await self.page(self.chair)
        await self.press(self.chair, "meeting_open", self.id)
        await self._come(but={self.plan.absent[0], self.plan.late, self.chair})

    async def _come(self, but: set[str]) -> None:
        self.there = [self.chair]
        for who in (*self.plan.members, *self.plan.guests):
            if who not in but:
                assert "có mặt" in await self.press(who, "meeting_came", self.id)
                self.there.append(who)
        meeting = await self.now()
        assert {self.who(one.id) for one in meeting.present} == set(self.there)

    async def first_day(self) -> None:
        """Discusses the first items. Meanwhile one member comes late and one leaves; then there is an interruption."""
        plan, items = self.plan, (await self.now()).items
        for number, item in enumerate(items[: plan.first_day]):
            await self.goes_through(item)
            if number == 0:
                self.play.on(f"{plan.days[0]} 15:10")
                await self.press(plan.late, "meeting_came", self.id)
                self.there.append(plan.late)
        self.play.on(f"{plan.days[0]} 16:10")
        await self.page(plan.leaves)
        await self.press(plan.leaves, "meeting_left", self.id)
        self.there.remove(plan.leaves)
        self.play.on(f"{plan.days[0]} 16:30")
        await self.page(self.chair)
        await self.press(self.chair, "meeting_interrupt", self.id)
        assert "hôm khác họp tiếp" in await self.says(self.chair, "Hết giờ làm việc")
        assert not (await self.now()).present

    async def goes_through(self, item: Item) -> None:
        """Discusses one item: comments, answer, conclusion, which the person accepts. Nobody chairs their own item."""
        whose = self.who(item.person)
        mine = self.chair == whose
        if mine:
            await self.item(self.chair, item)
            assert "chủ trì" in await self.press(self.chair, "meeting_turn", self.id, item.review)
            await self.press(self.chair, "meeting_chair_own", self.id, item.review, self.play.ids[self.plan.deputy])
            self.chair = self.plan.deputy
        await self.item(self.chair, item)
        assert "Đang xem xét" in await self.press(self.chair, "meeting_turn", self.id, item.review)
        await self._said_of(item, whose)
        await self._concludes(item, self.plan.ratings.get(f"{whose} {item.form}", "good"))
        taker = await self._drafter(whose) if item.body else whose
        if taker in self.there:
            await self._takes_up(item, taker)
        if mine:
            await self._hands_chair(whose, "Xong nội dung kiểm điểm người chủ trì")

    async def _drafter(self, body: str) -> str:
        return next(self.who(one.drafter) for one in await self.play.standings(body) if one.drafter)

    async def _said_of(self, item: Item, whose: str) -> None:
        """One member comments on their own phone, the secretary writes down another's words, and the person answers."""
        speakers = [one for one in self.there if one not in {whose, self.chair, self.plan.secretary}]
        await self.item(speakers[0], item)
        await self.press(speakers[0], "meeting_comment", self.id, item.review)
        assert "Đã ghi ý kiến" in await self.says(speakers[0], f"Đề nghị nêu rõ hơn kết quả của {item.name}.")
        writer = self.plan.secretary
        if item.body and writer in self.there:
            await self.item(writer, item)
            await self.press(writer, "meeting_take_down", self.id, item.review)
            await (await self.play.phone(writer)).opens("meeting_comment", self.play.cast.name(speakers[1]))
            await self.says(writer, "Nhất trí với báo cáo.")
            await self.press(writer, "meeting_answer_of", self.id, item.review)
            await self.says(writer, "Tập thể tiếp thu.")
        elif whose in self.there:
            await self.item(whose, item)
            await self.press(whose, "meeting_answer", self.id, item.review)
            await self.says(whose, "Tôi tiếp thu, sẽ bổ sung số liệu.")

    async def _concludes(self, item: Item, rating: str) -> None:
        await self.item(self.chair, item)
        await self.press(self.chair, "meeting_conclude", self.id, item.review)
        await self.says(self.chair, "Hoàn thành chương trình công tác năm.")
        await self.says(self.chair, "Một số việc còn chậm.")
        phone = await self.play.phone(self.chair)
        for place in range(3):
            if phone.sees("meeting_rate", str(self.id), str(item.review), str(place), rating):
                await self.press(self.chair, "meeting_rate", self.id, item.review, place, rating)
        assert "Đã kết luận" in await self.press(self.chair, "meeting_concluded", self.id, item.review)

    async def _takes_up(self, item: Item, whose: str) -> None:
        await self.item(whose, item)
        anew = whose == self.plan.amends and not self.amended
        said = await self.press(whose, "meeting_up_anew" if anew else "meeting_up", self.id, item.review)
        if not anew:
            assert "tiếp thu" in said
            return
        phone = await self.play.phone(whose)
        assert await phone.hands_in_all(1, **self.plan.usual, **self.plan.answers.get(whose, {})) == 1
        assert await self._version(item.review) == item.version + 1
        self.amended.append(item.form)

    async def _version(self, review: int) -> int:
        async with self.play.store.reading() as tx:
            found = await tx.reviews.get(review)
        assert found
        assert found.draft
        return found.draft.version

    # ── the second day ──

    async def second_day(self) -> None:
        """Continues the meeting, with everything said before. Those who were late or left are present, and the
        remaining items are discussed.
        """
        self.play.on(f"{self.plan.days[1]} 08:00")
        done = sum(bool(one.conclusion) for one in (await self.now()).items)
        await self.page(self.chair)
        assert "Cuộc họp tiếp tục" in await self.press(self.chair, "meeting_open", self.id)
        await self._come(but={self.plan.absent[0], self.chair})
        items = (await self.now()).items
        assert done == self.plan.first_day
        for item in items[done:]:
            await self.goes_through(item)
        assert all(one.conclusion for one in (await self.now()).items)

    # ── ballots ──

    async def voted(self, booth: Booth) -> None:
        """Holds each ballot of the plan: the chair sets it up, votes are cast on the page and counted, and the result
        is checked.
        """
        for vote in self.plan.votes:
            poll = await self._set(vote)
            await {"p": self._on_paper, "s": self._in_secret, "o": self._by_name}[poll.mode.value[0]](booth, vote, poll)
            await self._card(poll)
            await self.press(self.chair, "vote_card", poll.id)
            result = await self.press(self.chair, "vote_result", poll.id)
            assert (await self._poll(poll.id)).stage is Stage.COUNTED
            for words in vote.shown:
                assert words.format_map(_Names(self.play)) in result, result
            if vote.concluded:
                await self._put_into_conclusions(poll, vote)
        if self.plan.reopened:
            await self._concludes_anew(*self.plan.reopened)

    async def _put_into_conclusions(self, poll: Poll, vote: Vote) -> None:
        """Puts the result into the conclusions by one press. What the count does not settle stays as it was, and the
        chair's own conclusion is left out.
        """
        await self.press(self.chair, "meeting_votes", self.id, poll.id)
        assert "kết luận" in await self.press(self.chair, "meeting_votes_now", self.id, poll.id)
        for item in (await self.now()).items:
            whose = self.who(item.person)
            if whose in vote.lines and whose != self.chair and item.conclusion and item.conclusion.votes:
                assert poll.title in {one["title"] for one in item.conclusion.votes}
                assert vote.concluded.get(whose, "good") in {one.rating.value for one in item.conclusion.ratings}, whose

    async def _concludes_anew(self, who: str, rating: str, why: str) -> None:
        item = next(one for one in (await self.now()).items if self.who(one.person) == who)
        await self.item(self.chair, item)
        await self.press(self.chair, "meeting_reopen", self.id, item.review)
        await self.says(self.chair, why)
        await self.press(self.chair, "meeting_turn", self.id, item.review)
        await self._concludes(item, rating)

    async def _set(self, vote: Vote) -> Poll:
        chair = self.chair
        await self.page(chair)
        await self.press(chair, "vote_at", self.id)
        await self.talk.presses(chair, vote.title)
        await self.talk.presses(chair, vote.how)
        poll = await self._newest()
        assert {self.who(one.person) for one in poll.lines if one.person} == {*vote.lines}
        assert len(poll.voters) == vote.entitled
        await self._card(poll)
        if vote.places and str(poll.places) != vote.places:
            await self.press(chair, "vote_places", poll.id)
            await self.says(chair, vote.places)
        if vote.tellers:
            await self.talk.presses(chair, "Chọn tổ kiểm phiếu")
            for who in vote.tellers:
                await self.press(chair, "vote_teller", poll.id, self.play.ids[who])
        return await self._poll(poll.id)

    async def _card(self, poll: Poll) -> None:
        await self.page(self.chair)
        await self.press(self.chair, "vote_card", poll.id)

    async def _walks(self, poll: Poll, to: Stage) -> None:
        await self._card(poll)
        await self.press(self.chair, "vote_go", poll.id, to.value)
        await self.press(self.chair, "vote_sure", poll.id, to.value)

    def _voters(self, poll: Poll) -> list[str]:
        """Those who have a vote and are present."""
        entitled = {self.who(one.person) for one in poll.voters}
        return [one for one in self.there if one in entitled]

    def _slips(self, vote: Vote, poll: Poll) -> list[list[str]]:
        """The marks of each voter, line by line."""
        many = len(self._voters(poll))
        columns = []
        for line in poll.lines:
            whose = self.who(line.person) if line.person else ""
            mark, count, other = vote.marks.get(whose, vote.usual)
            columns.append([mark] * min(count, many) + [other] * max(0, many - count))
        return [list(one) for one in zip(*columns, strict=True)]

    async def _in_secret(self, booth: Booth, vote: Vote, poll: Poll) -> None:
        secrets = await booth.make_keys(poll.id, vote.tellers)
        await self._walks(poll, Stage.GATHERING)
        tokens = await booth.receive(poll.id, self._voters(poll))
        absent = self.plan.absent[0]
        if any(self.who(one.person) == absent for one in poll.voters):
            assert not await booth.code(absent, poll.id)
        await self._walks(poll, Stage.CASTING)
        poll = await self._poll(poll.id)
        trackers = await booth.cast(poll, tokens, self._slips(vote, poll))
        assert len({*trackers}) == len(tokens)
        await self._walks(poll, Stage.CLOSED)
        await booth.open_box(poll.id, secrets)
        assert await booth.stage(poll.id) == "counted"

    async def _on_paper(self, booth: Booth, vote: Vote, poll: Poll) -> None:
        await self._walks(poll, Stage.CLOSED)
        slips = self._slips(vote, poll)
        lines = [
            [sum(slip[at] == option for slip in slips) for option in poll.options] for at in range(len(poll.lines))
        ]
        await booth.count(poll.id, vote.tellers, (len(slips), len(slips), 0), lines)

    async def _by_name(self, booth: Booth, vote: Vote, poll: Poll) -> None:
        await self._walks(poll, Stage.CASTING)
        for who, slip in zip(self._voters(poll), self._slips(vote, poll), strict=True):
            await booth.vote(poll.id, who, slip)
        await self._walks(poll, Stage.COUNTED)

    async def _newest(self) -> Poll:
        async with self.play.store.reading() as tx:
            return (await tx.polls.of_meeting(self.id))[-1]

    async def _poll(self, id_: int) -> Poll:
        async with self.play.store.reading() as tx:
            found = await tx.polls.get(id_)
        assert found
        return found

    async def counts(self) -> Sequence[Count]:
        """The figures of the counts, as in the minutes."""
        async with self.play.store.reading() as tx:
            return await counts_of(tx, await self.now())

    # ── the minutes ──

    async def closed_and_adopted(self) -> None:
        """Closes the meeting. The minutes are written and laid before the members; all agree except one, who makes a
        remark; and they are adopted.
        """
        writer, last = self.plan.secretary, f"{self.plan.days[1]} 11:20"
        self.play.on(last)
        await self.page(self.chair)
        await self.press(self.chair, "meeting_close", self.id)
        assert "đã bế mạc" in await self.press(self.chair, "meeting_close_now", self.id)
        await self.page(writer)
        await self.press(writer, "meeting_proposal", self.id)
        await self.says(writer, self.plan.proposal)
        await self.press(writer, "meeting_lay", self.id)
        here = [one for one in self.there if one not in {writer, self.chair}]
        for who in here[:-1]:
            assert "nhất trí" in await self.press(who, "meeting_agree", self.id)
        await self.press(here[-1], "meeting_remark", self.id)
        await self.says(here[-1], "Nhất trí, đề nghị gửi sớm cho cấp trên.")
        await self.page(self.chair)
        await self.press(self.chair, "meeting_minutes", self.id)
        await self.press(self.chair, "meeting_adopt", self.id)
        assert "đã được thông qua" in await self.press(self.chair, "meeting_adopt_now", self.id)

    async def minutes_tell(self) -> None:
        """Checks that the minutes contain everything that happened, including the figures of ballots, but nothing about
        who voted how in secret.
        """
        plan, name, kept = self.plan, self.play.cast.name, await self.kept()
        first, second = kept["sessions"]
        assert (first["why"], second["why"]) == ("Hết giờ làm việc", "")
        assert kept["called"] == len(plan.members)
        assert [(one["name"], one["cause"]) for one in kept["absent"]] == [(name(plan.absent[0]), plan.absent[1])]
        stays = {one["name"]: one["stays"] for one in kept["present"]}
        assert [name for name, ((*_, late), *_) in stays.items() if late] == [name(plan.late)]
        assert [name for name, ((_, until, _), *_) in stays.items() if until < first["until"]] == [name(plan.leaves)]
        assert {one["name"] for one in kept["present"] if one["guest"]} == {name(who) for who in plan.guests}
        assert kept["order_kept"] == plan.kept
        assert all(one["comments"] and one["conclusion"] for one in kept["items"])
        assert all(each["rating"] for one in kept["items"] for each in one["conclusion"]["ratings"])
        here = len(self.there) - len(plan.guests)
        figures = [(one["entitled"], one["given"], one["counted"], one["void"]) for one in kept["counts"]]
        assert figures == [(vote.entitled, *[vote.voting or here] * 2, 0) for vote in plan.votes]
        assert kept["adopted"]["silent"] == [name(plan.secretary)]
        assert len(kept["adopted"]["remarks"]) == 1
        assert {one["name"] for one in kept["chairs"]} >= {name(plan.deputy)}

    async def kept(self) -> Mapping[str, Any]:
        """The adopted minutes as stored."""
        async with self.play.store.reading() as tx:
            found = await tx.meetings.minutes(self.id)
        assert found
        assert found.final
        return found.content


class _Names(dict):
    """Placeholders in a text: `{TH1}` becomes the name that the chat uses for that short name."""

    def __init__(self, play: Play) -> None:
        super().__init__()
        self._play = play

    def __missing__(self, who: str) -> str:
        return self._play.cast.name(who)
