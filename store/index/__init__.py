"""The derived index: SQLite tables made from the volumes, which may be deleted at any time.

`index` opens and fills it, `schema` and `writing` say what it holds, `selection` answers queries, `entities`,
`periods`, `stories` and `related` what else is asked of it.
"""
