"""What a review costs who writes it, and who agrees to nine: presses, texts, words, buttons and heights, counted on real channels.

A player reads each screen and takes the cheapest sensible way that it offers; it knows a person's answers, and no order of
screens. So it counts an older version of the chat as it counts a newer one.
"""
