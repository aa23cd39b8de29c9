"""What reports of bodies may take over from the installation's data."""
