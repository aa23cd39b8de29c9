"""Summary tables: their words and widths once, drawn as workbook, Word file and PDF."""
