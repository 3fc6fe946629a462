"""Headings: which lines are kickers, titles, subtitles and authors, and which are the page's."""
