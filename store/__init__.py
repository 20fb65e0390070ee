"""Everything about articles: loading, cleaning, entities, storage, search, export.

Nothing in here draws, prints or asks: the interface (`tui`) stands on this package, never the
other way round. Importing it does nothing and loads nothing heavy.
"""

__version__ = "0.1.0"

DISTRIBUTION = "bandoc"
"""Who owns this top-level package. `tui` checks it at start: another distribution that also
installs a package called `store` would overwrite ours without a word."""
