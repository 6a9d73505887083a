"""The public board of an electronic ballot: what anybody may see, and the archive that anybody may check."""
