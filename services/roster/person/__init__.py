"""People: members, activists and staff; what is known of them, where they belong, how they are found."""
