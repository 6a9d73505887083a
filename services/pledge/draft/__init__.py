"""Drafts of pledges that were never handed in: what nobody else ever saw is deleted, not taken back."""
