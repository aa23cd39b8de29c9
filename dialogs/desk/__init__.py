"""The desk runs campaigns: opening, dates, roster, closing, settings. Entered through `door`."""
