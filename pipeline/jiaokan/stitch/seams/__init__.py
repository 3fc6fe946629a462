"""Seams: where one may be, and what speaks for it: joins of texts, kinship of vocabularies."""
