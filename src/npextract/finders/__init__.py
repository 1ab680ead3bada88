"""Finders: plain functions from a view to candidates. They find all they can; the resolver decides."""
