"""提诺: pledges, their versions and items."""
