"""The agencies: their score, its certainty, what is published, and the words for it."""
