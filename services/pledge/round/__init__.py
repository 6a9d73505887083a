"""When the pledges of a year are wanted, as an organisation sets it for itself and all below."""
