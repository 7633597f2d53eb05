"""Which agencies need guidance or a sanction, and on what evidence."""

from pages.components import filters, ratings

selection = filters.selection()
ratings.show(selection)
