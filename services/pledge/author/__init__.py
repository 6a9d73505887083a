"""Who promises together with the pledger: named in a version, and asked whether they do."""
