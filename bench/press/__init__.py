"""Printed pages: the project's own articles set as a newspaper, scanned, read by a real engine.

Generated text (`bench.interleave`) is damaged as papers and engines are known to do; here nothing
is imitated but the paper. A browser sets the page, the picture is made as bad as a scan, and
Tesseract reads it, so that zones run into each other where that engine lets them.
"""
