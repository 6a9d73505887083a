"""Messages to people: in the application at once, by mail gathered and in the daytime."""
