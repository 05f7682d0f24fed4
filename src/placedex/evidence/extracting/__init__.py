"""The small grammars by which a document's figures are read."""
