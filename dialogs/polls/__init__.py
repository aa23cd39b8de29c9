"""The room VOTE: ballots that are held, alone or within a meeting."""
