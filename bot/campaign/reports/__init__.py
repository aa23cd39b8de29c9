"""What the reports of bodies may take over from what the house has."""
