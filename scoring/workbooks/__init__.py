"""Workbooks (.xlsx): a member's sheet and a criteria set, written for offices and read back.

opening.py            a file is hostile until this has opened it
cells.py              what one cell says, as the text that the portal's own form reads
sheet_layout.py       where everything stands in the workbook of a sheet
sheet_book.py         writes it; sheet_reading.py reads it; preview.py compares it
criteria_layout.py    where everything stands in the workbook of a criteria set
criteria_book.py      writes it; criteria_reading.py reads it
"""
