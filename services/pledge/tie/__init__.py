"""What ties pledges together: a member's matter that serves one of an organisation's (R-046)."""
