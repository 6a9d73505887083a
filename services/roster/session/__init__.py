"""Sign-in: accounts with passwords, the campus's own sign-in, and what a person sees of oneself."""
