//! Events to text, JSON, Markdown and HTML. Pure; every word from outside is escaped for where it goes.
