"""Secret ballots: tokens given blindly, ballots sealed to the tellers, the box and its opening (docs/ballots.md)."""
