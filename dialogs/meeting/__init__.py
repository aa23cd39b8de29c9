"""The meeting: it is called, goes through its agenda and is closed; its minutes are read and adopted."""
