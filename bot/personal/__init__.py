"""Personal data: removed when its time is over, copied for the person, and requests about it."""
