"""The booth: the page below /phieu on which ballots are cast, keys are made, and boxes are opened. It uses no cookie."""
