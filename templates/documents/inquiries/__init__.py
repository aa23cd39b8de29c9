"""The paper on which a body outside gives its opinion: filled by a link, or blank, to be filled by hand."""
