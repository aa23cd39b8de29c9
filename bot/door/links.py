"""Links that carry an invitation code."""

from dataclasses import dataclass, field

#: What a link calls the language in which a page is read that knows nothing of its reader.
LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where a channel takes invitation codes: `prefix` with a code behind it is a link that brings the code along;
    `address` is where the code can be typed as well ("": nowhere that is told on paper); `console` with a code of its own behind it
    leads to the console, `wall` to the screen of a meeting, `booth` with a poll's address and a code to where ballots are cast, `inquiry` to where
    somebody outside gives an opinion ("": it is not there).
    """

    prefix: str
    address: str = ""
    console: str = ""
    wall: str = ""
    booth: str = ""
    inquiry: str = ""

    @property
    def where(self) -> str:
        """Where it is opened without a code."""
        return self.address or self.prefix.partition("?")[0]


@dataclass(frozen=True, slots=True)
class Links:
    """Where invitations lead: channel → way in, of the channels that are open. One that opens late comes late."""

    ways: dict[str, WayIn] = field(default_factory=dict)

    def of(self, code: str) -> dict[str, str]:
        """Channel → link for this code; none for no code."""
        return {channel: way.prefix + code for channel, way in self.ways.items()} if code else {}

    def to_console(self, code: str) -> dict[str, str]:
        """The link to the console with this code, as `console`; none where no channel serves it."""
        ways = [way.console for way in self.ways.values() if way.console]
        return {"console": ways[0] + code} if ways else {}

    def to_wall(self, code: str) -> dict[str, str]:
        """The link to the screen of a meeting with this code, as `wall`; none where no channel serves it."""
        ways = [way.wall for way in self.ways.values() if way.wall]
        return {"wall": ways[0] + code} if ways else {}

    def to_inquiry(self, code: str) -> dict[str, str]:
        """The link to the page of an opinion that is asked, as `inquiry`; none where no channel serves it."""
        ways = [way.inquiry for way in self.ways.values() if way.inquiry]
        return {"inquiry": ways[0] + code} if ways and code else {}

    def to_booth(self, poll: str, code: str, language: str = "") -> dict[str, str]:
        """The link to the page of a poll at its address, as `booth`; none where no channel serves it. What stands behind the # no browser
        sends: so the page is told in which language it is read ("": the installation's), and nothing of its reader.
        """
        ways = [way.booth for way in self.ways.values() if way.booth]
        spoken = f"?{LANGUAGE}={language}" if language else ""
        return {"booth": f"{ways[0]}{poll}{spoken}#{code}"} if ways else {}
