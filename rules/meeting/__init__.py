"""The meeting that goes through a unit's reviews: its happenings, its present state, its agenda and its minutes."""
