"""A person sees their result, acknowledges it, reserves an opinion or files a petition. Start at `door`.

`dialogs.improvement` uses `decided_review` too.
"""
