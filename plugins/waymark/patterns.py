r"""Regular expressions of Python for a browser, so that a form on a page obeys the rules of the checks and none of its own.

Only what our rules use is translated. `\w`, `\d`, `\s` and `\b` know all scripts in Python and only ASCII in a browser, unless they are spelt out.
"""

from __future__ import annotations

import re

_WORD = r"\p{L}\p{N}_"
_EDGE = rf"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))"
_CLASSES = {"w": f"[{_WORD}]", "W": f"[^{_WORD}]", "d": r"\p{Nd}", "b": _EDGE}
_IN_BRACKETS = {"w": _WORD, "d": r"\p{Nd}"}
_SYNTAX = "^$\\.*+?()[]{}|/"
"""What may stand behind a backslash in a browser's pattern for the sign itself; `-` may in brackets alone."""


def for_browser(pattern: re.Pattern[str], *, whole: bool = False) -> tuple[str, str]:
    """Source and flags of the pattern for JavaScript's `RegExp`.

    Args:
        pattern: A pattern of Python.
        whole: True if it is used with `fullmatch`.
    """
    source = _translated(pattern.pattern, is_verbose=bool(pattern.flags & re.VERBOSE))
    flags = "u" + ("i" if pattern.flags & re.IGNORECASE else "") + ("m" if pattern.flags & re.MULTILINE else "") + ("s" if pattern.flags & re.DOTALL else "")
    return (f"^(?:{source})$" if whole else source), flags


def _translated(source: str, *, is_verbose: bool) -> str:
    out: list[str] = []
    at, in_brackets = 0, False
    while at < len(source):
        sign = source[at]
        at += 1
        if sign == "\\":
            out.append(_escaped(source[at], in_brackets))
            at += 1
        elif in_brackets:
            in_brackets = sign != "]"
            # An unescaped [ in brackets is fine in Python and not in a browser.
            out.append("\\[" if sign == "[" else sign)
        elif sign == "[":
            in_brackets = True
            out.append(sign)
            if source[at : at + 1] == "^":
                out.append("^")
                at += 1
            if source[at : at + 1] == "]":  # the first one stands for itself
                out.append("\\]")
                at += 1
        elif source.startswith("?P<", at) and sign == "(":
            out.append("(?<")
            at += 3
        elif is_verbose and sign.isspace():
            continue
        else:
            out.append(sign)
    return "".join(out)


def _escaped(sign: str, in_brackets: bool) -> str:
    if in_brackets:
        return _IN_BRACKETS.get(sign) or (f"\\{sign}" if sign.isalnum() or sign in _SYNTAX + "-" else sign)
    return _CLASSES.get(sign) or (f"\\{sign}" if sign.isalnum() or sign in _SYNTAX else sign)
