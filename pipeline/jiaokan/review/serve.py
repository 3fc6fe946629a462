"""The review's server: one process, this machine alone, until it is told to stop."""

import secrets
import socket
import threading
from collections.abc import Callable

from jiaokan.errors import JiaokanError
from jiaokan.review.app import Session, make_app

HOST = "127.0.0.1"


def serve(session: Session, port: int, ready: Callable[[str], None]) -> None:
    """Answer until interrupted. `ready` is told the address. Raises JiaokanError."""
    import uvicorn

    listening = _listen(port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    app = make_app(session, token, port)
    config = uvicorn.Config(
        app, log_level="error", access_log=False, lifespan="off", ws="none", server_header=False
    )
    stop = threading.Event()
    scan = threading.Thread(target=session.desk.pages.scan, args=(stop,), daemon=True)
    scan.start()
    ready(f"http://{HOST}:{port}/{token}/")
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # that is how it ends
    finally:
        stop.set()
        session.jobs.close()
        listening.close()


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)  # who comes before the server is up waits
    except OSError as error:
        listening.close()
        raise JiaokanError(
            f"port {port} cannot be used: {error.strerror}",
            hint="give another: --port 8765, or --port 0 for any that is free",
        ) from error
    return listening
