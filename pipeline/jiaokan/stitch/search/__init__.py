"""The search for the most probable set of paths through the page, one path an article."""
