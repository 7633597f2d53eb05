"""What changed: a figure against a year before, everything ranked, two data versions, in words."""
