"""Files that people hand in for dossiers: looked at for what they really are, kept as they came."""
