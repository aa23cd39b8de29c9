"""Blank ballot slips, to be printed and handed out."""
