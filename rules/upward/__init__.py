"""What a unit sends up after its review: kept as one value, replaced by a later one, looked at by the authority."""
