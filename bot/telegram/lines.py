"""The few things the channel itself has to say; the wiring words them in the installation's language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    """HTML of the small set that messages use."""

    sorry: str  # handling failed: nothing was lost, please send it again
    private_only: str  # said in a group before leaving it
    edited: str  # an edited message is not read; how to change an answer
