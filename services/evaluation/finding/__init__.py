"""Findings under the scheme's conditions: a person's decision with facts, notice, reply, decision and review."""
