"""The roster of an office, kept: looked at and imported, what is kept made to match it, handed out as a workbook."""
