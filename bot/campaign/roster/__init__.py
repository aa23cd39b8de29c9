"""Rosters of offices: previewing and importing one, updating the stored data to match, and exporting a workbook."""
