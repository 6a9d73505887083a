"""The public board: running notices and winners by quarter and organisation."""
