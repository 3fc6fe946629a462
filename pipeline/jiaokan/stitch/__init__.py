"""Re-stitching: the page's blocks become whole articles."""
