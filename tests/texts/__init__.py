"""The catalogue of texts: collected from the source and from what states texts as data."""
