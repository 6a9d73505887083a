"""The paper channel: papers issued and returned, the tellers' count, and what is printed for it."""
