"""The local runner behind `./run`: private servers and all processes of one checkout, under one supervisor."""
