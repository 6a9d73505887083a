"""What runs the system: the local runner, containers, the gateway's rules."""
