"""Columns that stand side by side and were read line by line are put one under another."""
