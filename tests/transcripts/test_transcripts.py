"""Every transcript, played again word by word."""

from pathlib import Path

import pytest

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_the_conversation_goes_as_written(file, plays):
    expected = file.read_text("utf-8")
    played = plays.of(file).text
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    if played != expected:
        fresh.write_text(played, "utf-8")
    assert played == expected, f"it went otherwise: compare {fresh.name} and read it"
