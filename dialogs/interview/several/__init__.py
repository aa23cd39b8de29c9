"""A body's report as those who write it fill it: whose part is what, what was seen, and answers that two wrote."""
