"""Methods read from YAML: a name alone, or a name with its parameters."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from placedex.errors import BadSpec
from placedex.index.aggregate import aggregations
from placedex.index.means import Mean, MeanOfPlaces
from placedex.index.optimised_weights import IMPORTANCES, Importance
from placedex.index.parameters import Place, make_method

Registry = Mapping[str, type]


def read_method(given: Any, registry: Registry, *, step: str, path: Path) -> Any:
    """The method that an entry means: `entropy`, or `{power: {exponent: 2}}`.

    Errors: BadSpec for a name that is not known, with the nearest one, or a wrong parameter.
    """

    def inner(given: Any, kind: type) -> Any:
        """A method that is itself a parameter: a mean or a measure where one is wanted."""
        if kind in {Mean, MeanOfPlaces}:
            return read_method(given, aggregations(), step=step, path=path)
        own = IMPORTANCES if kind is Importance else registry
        return read_method(given, own, step=step, path=path)

    return _named(given, registry, at=Place(path, step, inner))


def _named(given: Any, registry: Registry, *, at: Place) -> Any:
    name: Any
    parameters: Any
    if isinstance(given, str):
        name, parameters = given, None
    elif isinstance(given, Mapping) and len(given) == 1:
        name, parameters = next(iter(given.items()))
    else:
        raise BadSpec(
            f"{at.words}: {given!r} is no method. Wanted a name, or a name with its "
            "parameters ({power: {exponent: 2}})."
        )
    if name not in registry:
        near = difflib.get_close_matches(str(name), registry, n=1, cutoff=0.5)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise BadSpec(
            f"{at.words}: the method '{name}' is not known. Wanted one of "
            f"{', '.join(registry)}.{hint}"
        )
    method = registry[name]
    return make_method(method, {} if parameters is None else parameters, at=at.within(str(name)))
