"""How documents are written: docx, pdf and xlsx."""
