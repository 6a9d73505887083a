"""The five services. None imports another: they meet only in `shared.events`."""
