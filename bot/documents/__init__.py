"""Documents and acts: stored when something is sent or decided, printed from what was stored, and exported by the desk."""
