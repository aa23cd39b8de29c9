"""Secret ballots: blindly signed tokens, ballots sealed to the tellers, and the box and its opening (docs/ballots.md)."""
