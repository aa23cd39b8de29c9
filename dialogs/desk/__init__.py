"""The desk runs campaigns: opening, dates, roster, closing, settings. Entered through `door`; its guests (people, broadcast) share `guard`, `keys` and `progress`."""
