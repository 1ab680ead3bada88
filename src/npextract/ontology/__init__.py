"""What is known: the entities, their names in both languages, and how to look them up."""

from npextract.ontology.load import load
from npextract.ontology.model import Alias, Entity, Name, Ontology

__all__ = ["Alias", "Entity", "Name", "Ontology", "load"]
