"""What other clients are called."""


class Authors:
    """Names clients by their users; several of one user are numbered, from the second one on."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, origin: str, user: str) -> str:
        """Return what the client with this session is called, always the same."""
        if origin not in self._names:
            names = self._names.values()
            same = sum(each.rpartition(" ")[0] == user for each in names) + (user in names)
            self._names[origin] = f"{user} {same + 1}" if same else user
        return self._names[origin]
