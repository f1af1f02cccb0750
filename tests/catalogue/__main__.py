"""python -m tests.catalogue writes the tables that people review: read what has changed in them."""

from tests.catalogue import test_arguments, test_bad_input

if __name__ == "__main__":
    test_arguments.main()
    test_bad_input.main()
