# Long because it is sent into kernels in one piece.
"""What Vitrail asks a Python kernel that no message tells; sent into it as source, once.

One module that needs nothing but the standard library, and runs on Python 2.7 and 3. It lives in
`sys.modules` under a name of its own: no name of the user's is bound, nothing is in the history.
A question is JSON, and so is the answer, which is the `repr` of what `ask` returns.

Nothing of the user's is run: no property, `__getattr__`, `__dir__`, `__repr__`, `__eq__` or
iterator. Attributes are read out of the dictionaries of objects and of the classes that they
really are, by the accessors of `type` and of the types written in C.

Operations are functions with the parameters (fields of the question, budget); `OPERATIONS` names
them. What they cannot tell within their budget of milliseconds they leave out, and say so.
"""

import functools
import json
import keyword
import os
import re
import sys
import types

try:
    from time import perf_counter as clock
except ImportError:  # Python 2
    from time import time as clock

VERSION = 2
BUDGET_MS = 50
BUDGET_BYTES = 400000
LOOK_AT_CLOCK = 256  # names between two looks at the clock
HOOKS = ("pre_execute", "post_execute")
ABSENT = object()

IS_2 = sys.version_info[0] == 2
UNICODE = type(b"".decode("ascii"))  # a formatter would drop the u of a literal
TEXTS = (str, UNICODE)
CLASSES = (type, types.ClassType) if IS_2 else (type,)
BUILTINS = sys.modules["__builtin__" if IS_2 else "builtins"]
Slot = types.MemberDescriptorType
Getter = types.GetSetDescriptorType
Method = types.MethodType

read_mro = type.__dict__["__mro__"].__get__
dict_of_class = type.__dict__["__dict__"].__get__
dict_of_module = types.ModuleType.__dict__["__dict__"].__get__
C_FUNCTIONS = (type(len), type(str.join), type(object.__init__), type(dict.__dict__["fromkeys"]))
C_FUNCTIONS += (type(object().__str__),)
PLAIN = (bool, int, float, complex, type(None), bytes, str, UNICODE, type(Ellipsis))
is_name = re.compile("[A-Za-z_][A-Za-z_0-9]*$").match if IS_2 else str.isidentifier
methods_known = {}  # (id of class, name): (class, whether it has it); for one question
kinds_known = {}  # the same for (id of class, whether it is a member): (class, its kind)
classes_known = {}  # (module, names): the classes that it has under them; for one question, too


class Unknown(Exception):
    """It cannot be told without running what is the user's, or it is not there."""


class Budget(object):
    """Time and size that an answer may take."""

    def __init__(self, question):
        self.ends = clock() + question.get("budget_ms", BUDGET_MS) / 1000.0
        self.bytes_left = question.get("budget_bytes", BUDGET_BYTES)
        self._steps = 0

    def is_spent(self, size):
        """Take the bytes of one more thing; say whether it is one too many."""
        self.bytes_left -= size
        self._steps += 1
        late = self._steps % LOOK_AT_CLOCK == 0 and clock() > self.ends
        return late or self.bytes_left < 0


class Answer(object):
    """Shows its text, whoever formats it."""

    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


# -- looking without touching ----------------------------------------------------------------


def is_a(value, *kinds):
    """Tell whether an object really is of a type; `isinstance` would ask its `__class__`."""
    return any(issubclass(type(value), kind) for kind in kinds)


def is_just(value, kinds):
    """Tell whether an object's type is one of these; `in` would ask its metaclass."""
    own = type(value)
    for kind in kinds:  # noqa: SIM110 - three times as fast as any(), and asked a million times
        if own is kind:
            return True
    return False


def is_class(value):
    return is_a(value, *CLASSES)


def mro_of(cls):
    return read_mro(cls) or (cls, object)  # None for types written in C that nobody used yet


def line_of(cls):
    """Return a class and those that it inherits from, in the order in which they are looked at."""
    if is_a(cls, type):
        return mro_of(cls)
    found = [cls]  # an old class of Python 2; its dictionary and bases are no attributes
    for base in cls.__bases__:
        found += [one for one in line_of(base) if not any(one is other for other in found)]
    return found


def dict_of_any_class(cls):
    return dict_of_class(cls) if is_a(cls, type) else cls.__dict__


def kind_line(value):
    """Return the classes of an object."""
    if IS_2 and type(value) is types.InstanceType:
        return line_of(value.__class__)
    return mro_of(type(value))


def own_dict(value):
    """Return the dictionary of an object, empty where it has none or its class hides it."""
    if is_a(value, types.ModuleType):
        return dict_of_module(value) or {}
    if is_class(value):
        return {}
    if type(value) is types.FunctionType or (IS_2 and type(value) is types.InstanceType):
        return value.__dict__
    for cls in mro_of(type(value)):
        found = entry(dict_of_class(cls), "__dict__")
        if found:
            if type(found[0]) is not Getter or found[0].__objclass__ is not cls:
                return {}
            kept = found[0].__get__(value)
            return kept if is_a(kept, dict) else {}
    return {}


def entries(mapping):
    """List the names and values of a dictionary, whatever class it has and whoever changes it."""
    if mapping is None:  # see mro_of
        return []
    source = mapping if is_a(mapping, dict) else mapping.copy()  # a class's is a proxy
    return [pair for pair in list(dict.items(source)) if type(pair[0]) is str]


def entry(mapping, name):
    """Return (value,) under a name, or () without one; keys that are no names are not compared."""
    return next(((value,) for key, value in entries(mapping) if key == name), ())


def class_entry(classes, name):
    for cls in classes:
        found = entry(dict_of_any_class(cls), name)
        if found:
            return found
    return ()


def has_method(value, name):
    if IS_2 and type(value) is types.InstanceType:
        return bool(class_entry(kind_line(value), name))
    cls = type(value)
    known = methods_known.get((id(cls), name))
    if known is None or known[0] is not cls:
        known = methods_known[id(cls), name] = (cls, bool(class_entry(mro_of(cls), name)))
    return known[1]


class Found(object):
    """What a name stands for, and how many first parameters its owner fills."""

    def __init__(self, value, filled=0, is_member=False):
        self.value, self.filled, self.is_member = value, filled, is_member


def attribute(owner, name):
    """Return what an attribute is as it is written down.

    Raises:
        Unknown: There is none, or what it is worth is known to code alone.
    """
    own = entry(own_dict(owner), name)
    if is_a(owner, types.ModuleType):
        if own:
            return Found(own[0])
        raise Unknown(name)
    described = class_entry(line_of(owner) if is_class(owner) else kind_line(owner), name)
    if not described and is_class(owner):
        described = class_entry(kind_line(owner), name)
        return unwrapped(described[0], owner, False) if described else unknown(name)
    if described and not (own and not is_data(described[0])):
        return unwrapped(described[0], owner, is_class(owner))
    return Found(own[0]) if own else unknown(name)


def unknown(name):
    raise Unknown(name)


def is_data(value):
    """Tell whether what a class says goes before what its instance says."""
    return has_method(value, "__set__") or has_method(value, "__delete__")


def unwrapped(value, owner, is_through_class):
    """Return what a class's entry is when it is got from `owner`."""
    if is_a(value, staticmethod):
        return Found(staticmethod.__dict__["__func__"].__get__(value), 0, True)
    if is_a(value, classmethod):
        return Found(classmethod.__dict__["__func__"].__get__(value), 1, True)
    if type(value) is types.FunctionType:
        return Found(value, 0 if is_through_class else 1, True)
    if is_just(value, C_FUNCTIONS):
        return Found(value, 0, True)
    if type(value) is Slot and not is_through_class:
        try:
            return Found(value.__get__(owner))
        except AttributeError:
            raise Unknown("empty slot")
    return Found(value, 0 if is_through_class else int(has_method(value, "__get__")), True)


def namespaces():
    """Return the dictionaries in which a name is looked up, in order."""
    module = sys.modules.get("IPython.core.interactiveshell")
    main = own_dict(sys.modules["__main__"])  # no module in IPython 0.13
    if module is not None and module.InteractiveShell.initialized():
        shell = module.InteractiveShell.instance()
        outer = getattr(shell, "user_global_ns", main)
        return [shell.user_ns, outer, dict_of_module(BUILTINS)]
    return [main, dict_of_module(BUILTINS)]


def resolve(path):
    """Return what a dotted name stands for.

    Raises:
        Unknown: It cannot be told without running code.
    """
    steps = str(path).split(".")
    homes = [entry(home, steps[0]) for home in namespaces()]
    found = Found(next((home[0] for home in homes if home), ABSENT))
    if found.value is ABSENT:
        raise Unknown(path)
    for name in steps[1:]:
        if found.is_member and is_computed(found.value):
            raise Unknown(path)
        found = attribute(found.value, name)
    return found


def is_computed(value):
    """Tell whether an entry of a class is a recipe for a value, and not the value."""
    if is_just(value, (Slot, Getter)):
        return True
    return has_method(value, "__get__") and not is_callable(value)


def is_callable(value):
    kinds = (types.FunctionType, Method, staticmethod, classmethod) + C_FUNCTIONS
    return is_class(value) or is_just(value, kinds) or has_method(value, "__call__")


def kind_of(value, is_member=False):
    """Name the kind of a thing in the words of completion metadata; its type alone decides."""
    if IS_2 and type(value) is types.InstanceType:
        return kind_of_new(value, is_member)
    cls = type(value)
    known = kinds_known.get((id(cls), is_member))
    if known is None or known[0] is not cls:
        known = kinds_known[id(cls), is_member] = (cls, kind_of_new(value, is_member))
    return known[1]


def kind_of_new(value, is_member):
    if is_a(value, types.ModuleType):
        return "module"
    if is_class(value):
        return "class"
    if is_just(value, (Slot, Getter)) or is_a(value, property):
        return "property"
    if is_a(value, staticmethod, classmethod) or is_callable(value):
        return "method" if is_member else "function"
    return "property" if is_member and has_method(value, "__get__") else "instance"


# -- operations ------------------------------------------------------------------------------


def hello(question, budget):
    """Say who answers; see to what every cell may need."""
    stop_at_breakpoints()
    return {"version": VERSION, "python": sys.version.split()[0], "hushed": hush()}


def names(question, budget):
    """List the names that can follow `path` and a dot, or stand alone where it is empty.

    Those that begin with an underscore are left out unless the prefix does. If there are too many,
    those that begin with the prefix go before others.
    """
    path, prefix = question["path"], question.get("prefix", "")
    beginning = str(prefix).lower()
    found, is_complete = {}, True
    for mapping, is_member in sources_of(path):
        pairs = entries(mapping)
        if beginning:
            pairs.sort(key=lambda pair: not pair[0].lower().startswith(beginning))
        for name, value in pairs:
            hidden = name[:1] == "_" and prefix[:1] != "_"
            if hidden or name in found or not is_name(name):
                continue
            if budget.is_spent(len(name) + 20):
                is_complete = False
                break
            found[name] = kind_of(value, is_member)
    if not path:
        found.update((word, "keyword") for word in keyword.kwlist if word not in found)
    ordered = sorted(found, key=lambda name: (rank(name), name.lower(), name))
    listed = [[name, found[name]] for name in ordered]
    return {"names": listed, "complete": is_complete and bool(path) and not makes_up_names(path)}


def makes_up_names(path):
    """Tell whether code of the user's may know further names that can follow a path."""
    return makes_up(resolve(path).value)


def makes_up(value):
    """Tell whether code of the user's may know further names that an object has."""
    if is_a(value, types.ModuleType):
        made = "__getattr__", "__dir__"
        return (
            any(entry(own_dict(value), name) for name in made)
            or type(value) is not types.ModuleType
        )
    lines = kind_line(value)
    told = [class_entry(lines, name) for name in ("__getattr__", "__getattribute__", "__dir__")]
    return any(type(found[0]) is types.FunctionType for found in told if found)


def rank(name):
    return 2 if name[:2] == "__" else name[:1] == "_"


def sources_of(path):
    """Yield the dictionaries whose names can follow a path, and whether a class's they are."""
    if not path:
        for mapping in namespaces():
            yield mapping, False
        return
    found = resolve(path)
    if found.is_member and is_computed(found.value):
        raise Unknown(path)
    value = found.value
    yield own_dict(value), False
    if is_a(value, types.ModuleType):
        yield exported(value), False
        return
    for cls in line_of(value) if is_class(value) else kind_line(value):
        yield dict_of_any_class(cls), True


def exported(module):
    """Return the names that a module says it has and does not hold yet."""
    listed = entry(dict_of_module(module), "__all__")
    if not listed or not is_just(listed[0], (list, tuple)):
        return {}
    return dict((name, None) for name in list(listed[0]) if type(name) is str)


def describe(question, budget):
    """Tell kind, signature and docstring of what a dotted name stands for."""
    found = resolve(question["path"])
    told = {"kind": kind_of(found.value, found.is_member), "name": question["path"]}
    told["signature"] = signature(found)
    text = docstring(found.value)
    told["truncated"] = len(text) > budget.bytes_left
    told["doc"] = text[: budget.bytes_left]
    return told


OPERATIONS = {"hello": hello, "names": names, "describe": describe}


def docstring(value):
    """Return the docstring that is written down for an object, or for its class."""
    found = entry(own_dict(value), "__doc__")
    if not found and is_just(value, C_FUNCTIONS + (types.FunctionType, property)):
        found = (value.__doc__,)
    if not found and type(value) is Method:
        found = (value.__func__.__doc__,) if type(value.__func__) is types.FunctionType else ()
    if not found and is_just(value, (Slot, Getter)):
        found = (value.__doc__,)
    if not found:
        lines = line_of(value) if is_class(value) else kind_line(value)
        docs = (class_entry([cls], "__doc__") for cls in lines if cls is not object or value is cls)
        found = next((doc for doc in docs if doc and is_just(doc[0], TEXTS + (Getter,))), ())
        if found and type(found[0]) is Getter:  # of types written in C
            found = (found[0].__get__(value) if not is_class(value) else "",)
    text = found[0] if found and is_just(found[0], TEXTS) else ""
    return text.decode("utf-8", "replace") if IS_2 and type(text) is str else text


# -- signatures ------------------------------------------------------------------------------


def signature(found):
    """Return the parameters as Python writes them, "" where nobody knows them."""
    value, filled = found.value, found.filled
    for _ in range(8):
        if type(value) is Method:
            value, filled = value.__func__, 1
        elif type(value) is functools.partial:
            value, filled = value.func, len(value.args)
        elif type(value) is types.FunctionType:
            wrapped = entry(value.__dict__, "__wrapped__")
            if not wrapped:
                return of_function(value, filled)
            value = wrapped[0]
        elif is_just(value, C_FUNCTIONS):
            return of_text(value.__text_signature__ if hasattr(value, "__text_signature__") else "")
        elif is_class(value):
            maker = constructor(value)
            if type(maker) is not types.FunctionType:
                text = type.__dict__.get("__text_signature__")
                return of_text(text.__get__(value) if text and is_a(value, type) else "")
            value, filled = maker, 1
        else:
            inner = entry(own_dict(value), "__wrapped__")
            called = inner or class_entry(kind_line(value), "__call__")
            if not called:
                return ""
            value, filled = called[0], filled if inner else 1
    return ""


def constructor(cls):
    """Return the function that takes the arguments of a call of a class."""
    for each in line_of(cls):
        for name in ("__init__", "__new__"):
            found = entry(dict_of_any_class(each), name)
            if found and is_just(found[0], (types.FunctionType, staticmethod)):
                made = found[0]
                return made if type(made) is types.FunctionType else made.__func__
    return None


def of_text(text):
    """Drop the receiver from what C functions say of themselves."""
    if not is_just(text, TEXTS) or not text.startswith("("):
        return ""
    inner = text[1:].lstrip()
    if not inner.startswith("$"):
        return text
    rest = inner[re.match(r"\$\w+,?\s*", inner).end() :]
    return "(" + re.sub(r"^/(,\s*|(?=\)))", "", rest)


def of_function(function, filled):
    """Write the parameters of a function in Python, without the first `filled`."""
    code, defaults = function.__code__, list(function.__defaults__ or ())
    count, names_ = code.co_argcount, code.co_varnames
    only = getattr(code, "co_posonlyargcount", 0)
    keyword_only = getattr(code, "co_kwonlyargcount", 0)
    given = getattr(function, "__kwdefaults__", None) or {}
    notes = {} if sys.version_info >= (3, 14) else getattr(function, "__annotations__", {})
    parts = []
    for index in range(count):
        at = index - (count - len(defaults))
        default = (defaults[at],) if at >= 0 else ()
        if index >= filled:
            parts.append(written(names_[index], notes, default))
        if index + 1 == only and only > filled:
            parts.append("/")
    after = count + keyword_only
    if code.co_flags & 4:
        parts.append("*" + written(names_[after], notes, ()))
    elif keyword_only:
        parts.append("*")
    parts += [written(name, notes, entry(given, name)) for name in names_[count:after]]
    if code.co_flags & 8:
        parts.append("**" + written(names_[after + bool(code.co_flags & 4)], notes, ()))
    result = entry(notes, "return")
    return "(%s)%s" % (", ".join(parts), " -> " + annotation(result[0]) if result else "")


def written(name, notes, default):
    """Write one parameter; a tuple of Python 2, which the function unpacks, has no name."""
    text = "(...)" if name.startswith(".") else name
    note = entry(notes, name)
    if note:
        text += ": " + annotation(note[0])
    if default:
        text += (" = " if note else "=") + shown(default[0])
    return text


def shown(value, depth=2):
    """Write a value of a builtin type as its `repr` does; of others the type alone."""
    if is_just(value, PLAIN):
        text = repr(value)
        return text if len(text) <= 80 else text[:40] + "..." + text[-1:]
    if is_just(value, (tuple, list)) and depth and len(value) <= 8:
        inner = ", ".join(shown(one, depth - 1) for one in value)
        if type(value) is list:
            return "[%s]" % inner
        return "(%s,)" % inner if len(value) == 1 else "(%s)" % inner
    if type(value) is dict and not value:
        return "{}"
    if type(value) is types.FunctionType or is_just(value, C_FUNCTIONS):
        return "<%s>" % value.__name__
    return class_name(value) if is_class(value) else "<%s>" % class_name(type(value))


def class_name(cls):
    return type.__dict__["__name__"].__get__(cls) if is_a(cls, type) else cls.__name__


def stored(value, name):
    """Return (value,) of an attribute that an object's dictionary or slot holds, else ()."""
    found = entry(own_dict(value), name)
    slot = () if found else class_entry(kind_line(value), name)
    if not slot or type(slot[0]) is not Slot:
        return found
    try:
        return (slot[0].__get__(value),)
    except AttributeError:
        return ()


def annotation(value, depth=4):
    """Write an annotation of classes and of what `typing` makes of them."""
    if type(value) is str:
        return value
    if value is None or value is type(None):
        return "None"
    origin, inner = stored(value, "__origin__"), stored(value, "__args__")
    if inner and type(inner[0]) is tuple and depth:
        texts = [annotation(one, depth - 1) for one in inner[0]]
        if not origin or annotation(origin[0], 0) == "Union":
            return " | ".join(texts)
        return "%s[%s]" % (annotation(origin[0], 0), ", ".join(texts))
    if is_class(value):
        return class_name(value)
    name = stored(value, "_name") or stored(value, "__name__")
    return name[0] if name and type(name[0]) is str else "..."


# -- asking ----------------------------------------------------------------------------------


def hush():
    """Keep hooks quiet while a question of ours is answered; say whether that was possible.

    A question is an execute_request without code, and no execution: `post_execute` would publish
    and close, as the question's own, the figures that a running cell is still drawing.
    """
    module = sys.modules.get("IPython.core.interactiveshell")
    if module is None or not module.InteractiveShell.initialized():
        return False
    shell = module.InteractiveShell.instance()
    events, kernel = getattr(shell, "events", None), getattr(shell, "kernel", None)
    base = sys.modules.get("ipykernel.kernelbase")  # xeus-python executes nothing while it is busy
    if events is None or base is None or not isinstance(kernel, base.Kernel):
        return False
    if not hasattr(kernel, "get_parent"):  # before ipykernel 6, which is deaf while it is busy
        return False
    trigger = events.trigger
    if getattr(trigger, "is_hushed", False):
        return True

    def hushed(event, *args, **kwargs):
        if event not in HOOKS or not is_question(kernel):
            trigger(event, *args, **kwargs)

    hushed.is_hushed = True
    events.trigger = hushed
    return True


def stop_at_breakpoints():
    """Let `breakpoint()` ask in its cell while no debugger is attached.

    ipykernel loads debugpy, whose hook passes over `breakpoint()` until a debugger comes, and over
    PYTHONBREAKPOINT always. Any other hook is somebody's choice, and stays.
    """
    deaf = getattr(sys, "breakpointhook", None)
    debugpy, core = sys.modules.get("debugpy"), sys.modules.get("IPython.core.debugger")
    shell = sys.modules.get("IPython.core.interactiveshell")
    if type(deaf) is not types.FunctionType or deaf.__name__ != "debugpy_breakpointhook":
        return
    if None in (debugpy, core, shell) or not shell.InteractiveShell.initialized():
        return
    kernel = getattr(shell.InteractiveShell.instance(), "kernel", None)

    def breakpointhook(*args, **kwargs):
        if debugpy.is_client_connected() or not getattr(kernel, "_allow_stdin", False):
            return deaf(*args, **kwargs)
        if os.environ.get("PYTHONBREAKPOINT"):
            return sys.__breakpointhook__(*args, **kwargs)
        return core.set_trace(sys._getframe(1), *args, **kwargs)

    sys.breakpointhook = breakpointhook


def extend(source):
    """Take a further part of the probe."""
    exec(compile(source, "<vitrail probe>", "exec", 0, True), globals())  # noqa: S102
    return Answer(json.dumps({"ok": {}}))


def is_question(kernel):
    try:
        content = kernel.get_parent()["content"]
        return bool(content["silent"]) and not content["code"]
    except Exception:  # another kernel than we know; its hooks are to run
        return False


def ask(text):
    """Answer a question; what goes wrong is an answer too."""
    began = clock()
    try:
        question = json.loads(text)
        answer = {"ok": OPERATIONS[question["op"]](question, Budget(question))}
    except Unknown as error:
        answer = {"unknown": str(error)}
    except Exception as error:
        answer = {"error": [type(error).__name__, str(error)]}
    methods_known.clear()
    kinds_known.clear()
    classes_known.clear()
    answer["ms"] = round(1000 * (clock() - began), 2)
    try:
        return Answer(json.dumps(answer))
    except UnicodeDecodeError:
        return Answer(json.dumps(decoded(answer)))


def decoded(told):
    """Return what is told with the bytes of Python 2 as text, also those that are not UTF-8."""
    if type(told) is bytes:
        return told.decode("utf-8", "replace")
    if type(told) is dict:
        return dict((decoded(key), decoded(one)) for key, one in told.items())
    return [decoded(one) for one in told] if is_just(told, (list, tuple)) else told
