"""Links that contain a code."""

from dataclasses import dataclass, field

#: The query parameter with the language of a page whose reader is unknown.
LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where a channel takes codes. An empty string means that the channel does not offer it."""

    #: The beginning of a link that is completed by an invitation code.
    prefix: str
    #: Where the code can be typed as well; "" when it is not to be printed.
    address: str = ""
    #: The beginning of a console link, completed by its code.
    console: str = ""
    #: The beginning of a link to the wall screen of a meeting, completed by its code.
    wall: str = ""
    #: The beginning of a link to the booth, completed by the address of a poll and a code.
    booth: str = ""
    #: The beginning of a link for somebody outside who gives an opinion, completed by its code.
    inquiry: str = ""

    @property
    def where(self) -> str:
        """The address without a code."""
        return self.address or self.prefix.partition("?")[0]


@dataclass(frozen=True, slots=True)
class Links:
    """Channel → way in, for the open channels. A channel that opens late is added late."""

    ways: dict[str, WayIn] = field(default_factory=dict)

    def of(self, code: str) -> dict[str, str]:
        """Channel → link for this code; empty for an empty code."""
        return {channel: way.prefix + code for channel, way in self.ways.items()} if code else {}

    def to_console(self, code: str) -> dict[str, str]:
        """The console link with this code, as `console`; empty when no channel serves the console."""
        ways = [way.console for way in self.ways.values() if way.console]
        return {"console": ways[0] + code} if ways else {}

    def to_wall(self, code: str) -> dict[str, str]:
        """The wall link with this code, as `wall`; empty when no channel serves it."""
        ways = [way.wall for way in self.ways.values() if way.wall]
        return {"wall": ways[0] + code} if ways else {}

    def to_inquiry(self, code: str) -> dict[str, str]:
        """The link of an inquiry with this code, as `inquiry`; empty when no channel serves it."""
        ways = [way.inquiry for way in self.ways.values() if way.inquiry]
        return {"inquiry": ways[0] + code} if ways and code else {}

    def to_booth(self, poll: str, code: str, language: str = "") -> dict[str, str]:
        """The link to a poll's page, as `booth`; empty when no channel serves it. Browsers never send the part after #,
        so the link tells the page its language ("": the installation's) and nothing about its reader.
        """
        ways = [way.booth for way in self.ways.values() if way.booth]
        spoken = f"?{LANGUAGE}={language}" if language else ""
        return {"booth": f"{ways[0]}{poll}{spoken}#{code}"} if ways else {}
