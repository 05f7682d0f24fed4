"""What must not be shown of a document: how to reach a person, and who it is."""

from placedex.evidence.masking.contact import emails, telephones
from placedex.evidence.masking.persons import Person, persons

__all__ = ["Person", "emails", "persons", "telephones"]
