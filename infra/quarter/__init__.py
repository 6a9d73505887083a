"""One full quarter of one branch, played by HTTP clients of a running system, a different person for each role."""
