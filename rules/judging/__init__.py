"""From the answers to the suggestion: case, findings, caps, what is missing for more."""
