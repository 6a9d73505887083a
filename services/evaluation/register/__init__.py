"""The 登记证: each member's deeds, quarter by quarter."""
