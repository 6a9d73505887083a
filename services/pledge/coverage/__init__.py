"""覆盖: who has pledged, who need not, and who is missing, level by level."""
