"""A decision of the authority: what a rating is judged by, what stands against it, where the quotas stand, who is told."""
