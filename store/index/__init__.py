"""The derived index: SQLite tables made from the volumes, which may be deleted at any time.

`index` opens and fills it, `schema` and `writing` say what it holds, `selection` answers queries, `facets`,
`entities`, `periods`, `stories` and `related` what else is asked of it.
"""
