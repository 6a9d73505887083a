"""The auditor: holds an archive to every rule of the format, from nothing but its bytes."""
