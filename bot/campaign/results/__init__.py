"""The results of a campaign as of one instant: results, summary tables, decisions, and an office's own tables."""
