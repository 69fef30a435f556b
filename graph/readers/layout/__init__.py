"""From marks on a page to lines in reading order: what PDF, OFD and recognised scans have in common.

A page comes in as glyphs with their places and the lines drawn on it; paragraphs, table rows and warnings come out. All places are
in points or in any other unit that a page uses throughout, the origin at its lower left corner.
"""
