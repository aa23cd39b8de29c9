"""Reports of bodies: the figures that others' forms give them."""
