"""How programs ask: so far the built site over HTTP."""

from placedex.api.serve import make_server

__all__ = ["make_server"]
