"""Packages that units send up: assembled from data of one instant, and printed from what was sent."""
