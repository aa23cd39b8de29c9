"""Polls: notices about results, and blank slips for ballots on paper."""
