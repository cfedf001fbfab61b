"""`python -m cli` is `warta`."""

from cli.main import main

if __name__ == "__main__":  # worker processes import this module anew
    main()
