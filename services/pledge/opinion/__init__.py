"""群众意见: what the public says of pledges and organisations, and the answers."""
