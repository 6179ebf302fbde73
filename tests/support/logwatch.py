"""Log records are results: a warning that no test expected is a failure."""

import logging
import re
from types import TracebackType


class LogWatch(logging.Handler):
    """Collects records from WARNING up; `complaints` says which were not expected, and the reverse.

    Used as a context manager around a test; it hangs on the root logger.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._records: list[logging.LogRecord] = []
        self._expected: list[re.Pattern[str]] = []

    def expect(self, pattern: str) -> None:
        """Allow, and require at least one of, the records whose message matches *pattern*."""
        self._expected.append(re.compile(pattern))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self._records.append(record)

    def complaints(self) -> list[str]:
        """Return a line for each unexpected record and for each expectation not met."""
        messages = {id(record): record.getMessage() for record in self._records}
        unexpected = [
            f"log record {record.levelname} {record.name}: {messages[id(record)]}"
            for record in self._records
            if not any(pattern.search(messages[id(record)]) for pattern in self._expected)
        ]
        missing = [
            f"no log record matches {pattern.pattern!r}"
            for pattern in self._expected
            if not any(pattern.search(message) for message in messages.values())
        ]
        return unexpected + missing

    def __enter__(self) -> "LogWatch":
        logging.getLogger().addHandler(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        logging.getLogger().removeHandler(self)
