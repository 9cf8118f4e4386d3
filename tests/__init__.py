"""The tests of HSB Audit Workshop; the folders mirror the package."""
