"""The papers of a meeting for one reader: what stands in them, and the PDF."""
