"""`placedex serve`: the built site over HTTP."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


def serve(
    workspace: Path = Path(),
    *,
    host: Annotated[str, Parameter(name="--host")] = "127.0.0.1",
    port: Annotated[int, Parameter(name="--port")] = 8000,
) -> None:
    """Serve the built site of WORKSPACE over HTTP until stopped, and the review of its claims.

    Parameters
    ----------
    workspace
        The folder of a built workspace.
    host
        The address to listen on; 0.0.0.0 shows the site to the whole network.
    port
        The port to listen on; 0 takes a free one.
    """
    from placedex.api import make_server

    with make_server(workspace, host=host, port=port, quiet=False) as server:
        address = f"http://{server.server_address[0]!s}:{server.server_address[1]}/"
        print(f"The site of {workspace} is at {address} (stop with Ctrl-C)", flush=True)
        print(f"Its documents' claims are reviewed at {address}review/", flush=True)
        server.serve_forever()
