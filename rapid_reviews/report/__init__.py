"""The rapid review report: a plain dict (assemble), made into a PDF (pdf) and into an editable Word file (word)."""
