"""Tests of the whole: unit, integration, contract, flow, e2e, browser, faults, bench."""
