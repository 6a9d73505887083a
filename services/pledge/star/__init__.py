"""Awards that a pledge led to: the star is shown on the pledge to which the winning deed refers."""
