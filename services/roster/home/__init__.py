"""The first page: a workbench for who is signed in, and for everybody else what this is."""
