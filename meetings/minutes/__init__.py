"""The minutes: drafted from what was captured, and as PDF and Word file for one reader."""
