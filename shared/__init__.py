"""The library that all services stand on; it imports no service."""
