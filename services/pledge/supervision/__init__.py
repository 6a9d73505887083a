"""督诺: what an organisation and those above it look at while pledges are fulfilled."""
