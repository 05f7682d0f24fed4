"""Measurements of speed: seconds, and ratios to a plain kernel run in the same minute."""
