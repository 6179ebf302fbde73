"""What a kernel's self-description means for an input and its colours."""

from dataclasses import dataclass

from vitrail.protocol.replies import KernelInfoReply


@dataclass(frozen=True)
class Language:
    """The language of a kernel, as the console needs to know it.

    Attributes:
        lexer: Name of a Pygments lexer; may be unknown to it.
        is_python: Whether our own Python can say what is complete.
        is_python2: Whether it is the Python that ours cannot parse.
    """

    name: str
    lexer: str
    is_python: bool
    is_python2: bool = False


def language_of(info: KernelInfoReply) -> Language:
    """Read the language from a kernel_info_reply.

    Source:
        Jupyter messaging 5.5, "Kernel info": the lexer's name only where it is not the language's.
    """
    language = info.language_info
    name = language.name.lower()
    lexer = language.pygments_lexer or name
    # Only Python 3 can be judged by ours: a Python 2 print statement is no error there.
    is_python2 = name == "python" and language.version.startswith("2")
    is_python = name == "python" and not is_python2
    return Language(name, "ipython3" if is_python else lexer, is_python, is_python2)


def language_named(name: str) -> Language:
    """Return what a kernelspec's language lets expect, until the kernel itself has answered."""
    name = name.lower()
    is_python = name == "python"
    return Language(name, "ipython3" if is_python else name, is_python)
