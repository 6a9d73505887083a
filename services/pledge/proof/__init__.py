"""Photos and papers that prove a showing, for officers alone."""
