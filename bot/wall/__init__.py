"""The screen on the wall of a meeting, below /tuong: for a projector, read-only, and nothing personal or secret on it."""
