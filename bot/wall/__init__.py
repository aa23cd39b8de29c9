"""The wall: the screen of a meeting below /tuong, for a projector. It is read-only and shows nothing personal or
secret.
"""
