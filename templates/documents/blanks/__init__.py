"""Blank slips of a ballot, to be printed and handed out."""
