"""The room VOTE: ballots held on their own or within a meeting."""
