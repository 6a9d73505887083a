"""What every side of an electronic ballot needs: the group of its numbers and the electors' credentials."""
