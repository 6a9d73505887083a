"""The ballots that a seat watches, and the sums that it decrypts."""
