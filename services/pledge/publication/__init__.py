"""亮诺: the records of where and when a reviewed pledge was shown."""
