"""The directory in and out: HSDS 3.0 as JSON and as a tabular data package, and our own sheets in CSV and XLSX."""
