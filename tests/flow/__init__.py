"""The award in process: all five services, each on its own database, events carried by hand."""
