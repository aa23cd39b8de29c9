"""The shell around the pure core: channels, jobs, the transaction of each event, settings, and the command line."""
