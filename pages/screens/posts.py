"""How one post does over all its duties, and whether it reaches its targets."""

from pages.components import filters, scorecard

scorecard.show(filters.selection())
