"""The probe run by an interpreter of any age, on objects that notice what is done to them."""

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from support.built_kernels import HOME, _spec, missing
from support.sources import ROOT
from vitrail.presenters.probe import PARTS
from vitrail_resources import probe_part, python_probe

OLD_KERNEL: Final = "ipython-1.2.1"
OLD_VERSION: Final = "2.7"

HARNESS: Final = """\
import json, sys, types
told = json.load(sys.stdin)
ran = []
exec(compile(told["objects"], "<objects>", "exec"), globals())
probe = types.ModuleType("probe")
exec(compile(told["probe"], "<probe>", "exec"), probe.__dict__)
for part in told["parts"]: probe.extend(part)
del ran[:]
answers = []
for each in told["questions"]:
    then = each.pop("then", "")
    answers.append(json.loads(repr(probe.ask(json.dumps(each)))))
    for part in told["again"]: probe.extend(part)
    exec(compile(then, "<then>", "exec"), globals())
sys.stdout.write(json.dumps({"answers": answers, "ran": [str(each) for each in ran]}))
"""

OBJECTS: Final = """\
import functools

class Meta(type):
    def __getattribute__(cls, name):
        ran.append(("meta", name))
        return type.__getattribute__(cls, name)
    def __eq__(cls, other): ran.append("meta eq"); return False
    def __hash__(cls): ran.append("meta hash"); return 1
    def __instancecheck__(cls, other): ran.append("instancecheck"); return True
    def __subclasscheck__(cls, other): ran.append("subclasscheck"); return True
    def __dir__(cls): ran.append("meta dir"); return []
    def __call__(cls, *a, **k): return type.__call__(cls, *a, **k)
    def __repr__(cls): ran.append("meta repr"); return "?"

class Key(str):
    def __eq__(self, other): ran.append("key eq"); return True
    def __hash__(self): return hash("field")

class Dict(dict):
    def __iter__(self): ran.append("dict iter"); return dict.__iter__(self)
    def __getitem__(self, key): ran.append("dict get"); return dict.__getitem__(self, key)
    def items(self): ran.append("dict items"); return dict.items(self)
    def get(self, *a): ran.append("dict get"); return dict.get(self, *a)

class Computed(object):
    def __get__(self, instance, owner): ran.append("descriptor"); return instance
    def __set__(self, instance, value): ran.append("set")

def note(name): ran.append(name)

Base = Meta("Base", (object,), {})

class Hostile(Base):
    "A class that notices."
    computed = Computed()
    @property
    def prop(self): "What it is."; note("property"); return self
    @property
    def __class__(self): note("__class__"); return int
    def __getattr__(self, name): note("getattr"); return self
    def __getattribute__(self, name):
        note("getattribute")
        return object.__getattribute__(self, name)
    def __dir__(self): note("dir"); return ["invented"]
    def __repr__(self): note("repr"); return "hostile"
    __str__ = __unicode__ = __repr__
    def __eq__(self, other): note("eq"); return True
    def __hash__(self): note("hash"); return 1
    def __len__(self): note("len"); return 1
    def __bool__(self): note("bool"); return True
    __nonzero__ = __bool__
    def __iter__(self): note("iter"); return iter(())
    def __call__(self, called): note("call")
    def method(self, first, second=None): "Do it."; note("method")
    @classmethod
    def made(cls, source): note("classmethod")
    @staticmethod
    def plain(value): note("staticmethod")

hostile = Hostile()
object.__getattribute__(hostile, "__dict__").update({"field": 1, "inner": hostile, Key("x"): 2})

class Subclassed(object): pass
odd = Subclassed()
odd.__dict__ = Dict(field=1, other=hostile)

class Hiding(object):
    __dict__ = property(lambda self: note("__dict__"))
hiding = Hiding()

class Slotted(object):
    __slots__ = ("filled", "empty")
slotted = Slotted(); slotted.filled = "text"

def takes(a, b=hostile, c=Hostile, *rest, **named): "Take it all."
def wrapper(*args, **kwargs): note("wrapper")
wrapper.__wrapped__ = takes
def gen():
    note("gen")
    yield 1
waiting, mapped = gen(), iter([1, 2])
loop = []; loop.append(loop)
partial = functools.partial(takes, 1)
many = Subclassed(); many.__dict__.update(("n%05d" % i, i) for i in range(20000))
"""


@dataclass
class Answers:
    """What the probe said, and what it ran meanwhile."""

    answers: list[dict[str, Any]]
    ran: list[str]


def interpreter(version: str) -> list[str] | None:
    """Return how to start a Python of a version like "2.7"; None where there is none."""
    if version == f"{sys.version_info[0]}.{sys.version_info[1]}":
        return [sys.executable]
    if version == OLD_VERSION and missing(OLD_KERNEL) is None:
        return [str(_spec(OLD_KERNEL)["argv"][0])]
    name = f"python{version}"
    if shutil.which(name) is None:
        return None
    command = ["env", f"PYENV_VERSION={version}", name]  # where pyenv chooses by it
    return command if _does(command, "") else None


def interpreter_with(version: str, library: str) -> list[str] | None:
    """Return how to start a Python of a version that has a library; None where none was found.

    It may be one that PYTHON27 or the like names, as for `make kernels`; one for which `make test`
    has made an environment; or an old one that `make kernels` has put libraries beside.
    """
    has = f"any(os.path.isdir(os.path.join(home, {library!r})) for home in sys.path)"
    code = f"import os, sys; assert sys.version.startswith({version!r}) and {has}"
    return next((each for each in _candidates(version) if _does(each, code)), None)


def _candidates(version: str) -> Iterator[list[str]]:
    named = os.environ.get("PYTHON" + version.replace(".", ""))
    if named:
        yield [named]
    found = interpreter(version)
    if found is not None:
        yield found
        if version == OLD_VERSION:
            yield ["env", f"PYTHONPATH={HOME / 'built' / OLD_KERNEL / 'libraries'}", *found]
    for environment in (".venv", f".venv-python{version}"):
        inside = ROOT / environment / "bin" / "python"
        if inside.exists():
            yield [str(inside)]


def _does(command: list[str], code: str) -> bool:
    """Tell whether an interpreter runs code."""
    done = subprocess.run([*command, "-c", code], capture_output=True, env=_environment())
    return done.returncode == 0


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def asked(
    command: list[str],
    *questions: dict[str, Any],
    objects: str = OBJECTS,
    again: tuple[str, ...] = (),
) -> Answers:
    """Ask the probe, in a process of its own.

    Args:
        command: Starts an interpreter.
        questions: In order; what one has as "then" is code that runs after it was answered.
        objects: Source that makes the user's objects.
        again: Names of parts that are sent again after each question.
    """
    parts = [probe_part(name) for name in dict.fromkeys(itertools.chain(*PARTS.values()))]
    told = {
        "probe": python_probe(),
        "parts": parts,
        "objects": objects,
        "again": [probe_part(name) for name in again],
        "questions": questions,
    }
    done = subprocess.run(
        [*command, "-c", HARNESS],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        env=_environment(),
    )
    assert done.returncode == 0, done.stderr
    return Answers(**json.loads(done.stdout))
