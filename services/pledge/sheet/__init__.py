"""The annual sheet of a pledge's appraisal, as Word and PDF, and the results of an occasion as a table."""
