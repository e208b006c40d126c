"""SDMX 3.0: figures as SDMX-CSV 2.0, their structures as SDMX-ML 3.0 or SDMX-JSON 2.0, and what its web service can be asked."""
