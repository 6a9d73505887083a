"""From the broker to the handlers; the only package that knows kombu."""
