"""Filings (备案) with the 党委组织部 and the 登记表."""
