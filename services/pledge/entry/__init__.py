"""The entrance: what one has promised, what is due, where to go on."""
