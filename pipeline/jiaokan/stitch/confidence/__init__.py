"""How sure a result is, and the findings that tell where it is not."""
