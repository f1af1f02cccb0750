"""What draws a sheet: where cells are, and how they look. What a sheet says is said in workbooks/."""
