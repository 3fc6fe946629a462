"""A package, so that its test_docs.py and the rulebook's are two modules."""
