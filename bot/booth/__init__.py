"""The booth: the page on which ballots are cast, keys made and boxes opened, below /phieu. It knows no cookie."""
