"""`python -m jiaokan` is `jiaokan`."""

from jiaokan.cli import main

if __name__ == "__main__":
    main()
