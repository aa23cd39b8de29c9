"""What was sent and what was said to it: kept when it happens, printed from what was kept, taken out by the desk."""
