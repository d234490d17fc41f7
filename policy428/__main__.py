"""`python -m policy428` is the command line."""

from policy428.cli import main

if __name__ == "__main__":
    main()
