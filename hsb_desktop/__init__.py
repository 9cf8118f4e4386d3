"""HSB Audit Workshop: offline multi-agency audits on the harmful sexual behaviour framework."""

__version__ = "0.1.0"
