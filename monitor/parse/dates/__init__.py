"""Dates as outlets write them: months and calendars of many languages, clock times, zones."""
