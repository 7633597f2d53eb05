"""Who sits at the command line: whoever may use the database's own account."""

import getpass

from data_access.access import Reader


def sender() -> Reader:
    """Return the person at this machine, under the name of the account."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        name = "-"
    return Reader(name, posts=None, sees_cases=True, may_send=True)
