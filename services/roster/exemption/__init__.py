"""Exemptions: who may stay away, and who does not belong to 应到会, with the superior's consent."""
