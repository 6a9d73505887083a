"""Who need not pledge in a year: encouraged to other work, or exempt with the superior's consent."""
