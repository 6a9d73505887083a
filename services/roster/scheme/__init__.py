"""Schemes (制度方案): presets, versions, and which organisation follows which."""
