"""The arithmetic and the texts of an electronic ballot (Belenios crypto version 1), without servers or services."""
