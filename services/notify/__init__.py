"""This service owns filings, public notices and objections, publications and messages."""
