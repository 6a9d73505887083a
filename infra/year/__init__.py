"""A whole year of one branch and its 党总支 under a preset, played by HTTP clients of a running system."""
