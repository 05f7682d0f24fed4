"""The observations that a database keeps, with the origins that stand in it."""

import duckdb

from placedex.observations.catalogue import Catalogue
from placedex.observations.observations import Observations
from placedex.observations.origin import Origin
from placedex.places import Register

_ORIGINS = (
    "SELECT code, publisher, title, edition, url, licence, published, accessed, file, sha256, note "
    "FROM origin ORDER BY number"
)


def kept_observations(
    connection: duckdb.DuckDBPyConnection, register: Register, catalogue: Catalogue
) -> Observations:
    """The observations of a built database, each with its origin."""
    origins = tuple(Origin(*row) for row in connection.execute(_ORIGINS).fetchall())
    return Observations(connection, register, catalogue, origins)
