"""This service owns pledges of members, groups, staff and organisations."""
