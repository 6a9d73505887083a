"""承诺台账: the pledges of an organisation and all below it in a year, as pages and as tables."""
