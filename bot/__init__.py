"""The shell: channels, jobs, the one transaction an event, settings, the command line."""
