"""Columns that take turns: each line of a column is a line of its own, without a gutter."""
