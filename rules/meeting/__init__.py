"""The meeting in which reviews are gone through: what happened in it, how it stands, its order, its minutes."""
