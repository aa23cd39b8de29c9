"""How a campaign is looked at on the console: what of it somebody sees, what is searched, filtered and sorted."""
