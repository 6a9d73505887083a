"""Holidays and 调休 as the organisation department enters them."""
