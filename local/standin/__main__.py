"""`python -m local.standin`: serve until interrupted."""

import argparse

from werkzeug.serving import make_server

from local.standin.app import HOST, standin


def main() -> None:
    """Serve on the port asked for."""
    parser = argparse.ArgumentParser(description="Stand-in for other people's APIs.")
    parser.add_argument("--port", type=int, default=4580)
    parser.add_argument("--emulator", help="address of the emulator, for the mailbox page")
    options = parser.parse_args()
    make_server(HOST, options.port, standin(options.emulator), threaded=True).serve_forever()


if __name__ == "__main__":
    main()
