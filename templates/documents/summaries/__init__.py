"""Summary tables: words and widths are determined once and drawn as workbook, Word file and PDF."""
