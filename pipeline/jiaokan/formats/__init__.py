"""What is read and written: bytes to pages, results to files, and back."""
