"""评诺: occasions on which pledges are appraised, yearly, of an instant pledge, or at any time."""
