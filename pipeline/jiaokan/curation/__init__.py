"""What curators do with rules: add, try, learn, take back, count."""
