"""Who is who: organisations, people, positions and adopted schemes, as every service keeps them."""
