"""The border of a form file: what may stand there, what it shares with others, what must hold of it as a whole."""
