"""What a campaign came to, of what is kept at one instant: results, summary tables, decisions, an office's own tables."""
