"""Tops: columns of which only the first lines were read across."""
