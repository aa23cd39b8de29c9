"""The console's view of a campaign: what a person may see, and how lists are searched, filtered and sorted."""
