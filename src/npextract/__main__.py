"""`python -m npextract`: the command line."""

from npextract.cli import main

if __name__ == "__main__":
    main()
