"""The page's own order, and whether the page leaves it."""
