"""The only place that knows ReportLab: letters, lists, tables, codes."""
