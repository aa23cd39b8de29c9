"""The desk runs campaigns: it opens and closes them, sets dates, keeps the roster and the settings. Start at `door`.

`dialogs.people` and `dialogs.broadcast` share `guard`, `keys` and `progress`.
"""
