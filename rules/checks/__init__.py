"""What loading does not refuse and is still wrong; scenarios beside a rulebook. Reached through `everything`."""
