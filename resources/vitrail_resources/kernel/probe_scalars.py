"""How the probe writes numbers and moments in all their ways; sent when first asked for.

Only what stands below the line goes into the kernel, into the namespace of the probe itself.
"""

import os

from vitrail_resources.kernel.probe_variables import class_of, cut, module_of, types_of
from vitrail_resources.kernel.python_probe import class_name, is_a, is_just

# ---- sent from here on ----

# isort: split
import stat
import struct
import time

LONGEST_DECIMAL = 4096  # bits of a number that is written in full


def of_scalar(value, look):
    """Tell of a number or of what stands for a moment, in all its ways of being written."""
    if is_a(value, *types_of("numpy", ("generic",))) and module_of(type(value)) == "numpy":
        rows = [["value", str(value)]]
        plain = value.item() if value.dtype.kind in "iufb" and value.dtype.itemsize <= 8 else None
        if value.dtype.kind in "iub":
            rows = rows_of_integer(int(value)) if value.dtype.kind != "b" else rows
        elif value.dtype.itemsize == 8:
            rows = rows_of_float(plain)
        return labelled(rows)
    arrays = types_of("numpy", ("ndarray",))
    if is_just(value, arrays) and value.shape == () and not value.dtype.hasobject:
        return dict(labelled([["value", str(value[()])]]), shape=[])
    if is_just(value, (int, type(1 << 100))):
        return labelled(rows_of_integer(value))
    if type(value) is float:
        return labelled(rows_of_float(value))
    if type(value) is complex:
        size = abs(value) if value == value else value
        rows = [["value", repr(value)], ["real", repr(value.real)], ["imaginary", repr(value.imag)]]
        return labelled(rows + [["magnitude", repr(size)]])
    if is_just(value, (bool, type(None), type(Ellipsis))):
        return labelled([["value", repr(value)]])
    return of_exact(value)


def labelled(rows):
    return {"body": {"kind": "lines", "rows": rows}}


def rows_of_integer(value):
    bits = value.bit_length()
    if bits > LONGEST_DECIMAL:
        return [["bits", str(bits)], ["begins", hex(value >> (bits - 64)) + "..."]]
    rows = [["decimal", in_groups(str(abs(value)), 3, value < 0)]]
    rows.append(["hexadecimal", "%s0x%x" % ("-" if value < 0 else "", abs(value))])
    if bits <= 64:
        rows.append(["binary", in_groups(bin(abs(value)).split("b")[1], 4, value < 0)])
    return rows + [["bits", str(bits)]]


def in_groups(digits, size, is_negative):
    """Write digits in groups, as they are counted from the end."""
    head = len(digits) % size
    groups = ([digits[:head]] if head else []) + [
        digits[at : at + size] for at in range(head, len(digits), size)
    ]
    return ("-" if is_negative else "") + " ".join(groups)


def rows_of_float(value):
    raw = struct.unpack(">Q", struct.pack(">d", value))[0]
    rows = [["value", repr(value)]]
    if value - value == 0:
        above, below = value.as_integer_ratio()
        power = below.bit_length() - 1
        digits = str(abs(above) * 5**power).rjust(power + 1, "0")
        exact = digits[: len(digits) - power] + (
            "." + digits[len(digits) - power :] if power else ""
        )
        rows.append(["exact", ("-" if above < 0 else "") + exact])
        rows.append(["ratio", "%d / %d" % (above, below)])
        after = struct.unpack(">d", struct.pack(">Q", (raw & (2**63 - 1)) + 1))[0]
        if after - after == 0:
            rows.append(["next-number", repr(after - abs(value))])
    rows.append(["hexadecimal", value.hex()])
    bits = bin(raw)[2:].rjust(64, "0")
    return rows + [["fields", " ".join((bits[0], bits[1:12], bits[12:]))]]


def of_exact(value):
    """Tell of numbers and moments of the standard library, exactly its types."""
    if is_just(value, types_of("decimal", ("Decimal",))):
        _sign, digits, exponent = value.as_tuple()
        return labelled(
            [["value", cut(str(value))], ["digits", str(len(digits))], ["exponent", str(exponent)]]
        )
    if is_just(value, types_of("fractions", ("Fraction",))):
        above, below = value.numerator, value.denominator
        if not is_just(above, (int, type(1 << 100))) or max(abs(above), below) >= 2**1000:
            return None
        return labelled(
            [
                ["numerator", str(above)],
                ["denominator", str(below)],
                ["about", repr(above / float(below))],
            ]
        )
    if is_just(value, types_of("datetime", ("timedelta",))):
        return labelled(
            [
                ["value", str(value)],
                ["days", str(value.days)],
                ["seconds", str(value.seconds)],
                ["microseconds", str(value.microseconds)],
            ]
        )
    if is_just(value, types_of("datetime", ("datetime", "date", "time"))):
        return of_moment(value)
    if is_path(value):
        rows = [["path", str(value)], ["name", value.name], ["suffix", value.suffix]]
        rows += [["directory", str(value.parent)], ["absolute", str(value.is_absolute())]]
        return dict(labelled(rows), is_path=class_name(type(value))[:4] != "Pure")
    return None


def is_path(value):
    names = "PosixPath", "WindowsPath", "PurePosixPath", "PureWindowsPath"
    return any(is_just(value, types_of(home, names)) for home in ("pathlib", "pathlib._local"))


def state_of(path):
    """Return what the disk says of a path, as [code, {name: value}]."""
    try:
        found = os.stat(str(path))  # noqa: PTH116 - its own `stat` may be somebody's
    except OSError as error:
        return ["no-path", {"path": str(path), "error": error.strerror}]
    kinds = (stat.S_ISDIR, "directory"), (stat.S_ISREG, "file")
    kind = next((name for is_one, name in kinds if is_one(found.st_mode)), "other-path")
    when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(found.st_mtime))
    return [kind, {"size": found.st_size, "when": when}]


def of_moment(value):
    zone = getattr(value, "tzinfo", None)
    known = types_of("datetime", ("timezone",)) + types_of("zoneinfo", ("ZoneInfo",))
    if zone is not None and not is_just(zone, known):
        return labelled(
            [
                ["value", str(value.replace(tzinfo=None))],
                ["time-zone", ["foreign-zone", {"zone": class_name(class_of(zone))}]],
            ]
        )
    rows = [["value", value.isoformat()]]
    if hasattr(value, "year"):
        rows.append(
            ["day", ["day", {"weekday": value.strftime("%A"), "number": value.timetuple()[7]}]]
        )
    if zone is not None:
        rows += [["time-zone", str(zone)], ["in-utc", str(value - value.utcoffset())[:19]]]
    return labelled(rows)
