"""Counts what a review costs the person who writes it, and a head who agrees to nine: presses, texts, words, buttons
and heights, on real channels.

A player reads each screen and takes the cheapest sensible way that it offers. It knows a person's answers but no order
of screens, so it can play older versions of the chat as well as newer ones.
"""
