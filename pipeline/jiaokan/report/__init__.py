"""`jiaokan report`: a batch as one HTML file, to be looked at from the disk.

pages → a compressed block each + counts of the batch → one file with its own scripts and styles.
Nothing in it is fetched. Whatever comes from pages, rules or file names is data: it reaches the
file escaped, and the screen as text.
"""
