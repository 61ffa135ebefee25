"""The tags in the place of which programs that merge mails put a value: a URL with one in it leads nowhere yet."""

import re

# A percent sign that codes no byte, and brackets, where they are not the index of a field (`?filter[name]=x`) nor a GUID in
# braces, stand in no usual URL. Its first character is sought by itself, which takes little time: few URLs hold one.
_MERGE_TAG = re.compile(
    r"([\[{<%*#@$|~!^«»])(?:(?<=\{)[^\w\s\"'{}]*+(?![0-9a-fA-F]{8}-)[A-Za-z_][^\"{}<>]{0,100}\}|(?<=[{<])[{%#!?]|(?<=\[)\["
    r"|(?<=<)<?[/!]?+[A-Za-z_]|(?<=\[)(?<![\w\]%]\[)(?<!//\[)[A-Za-z_%*][^\][<>\"]{0,100}\](?![=\[])"
    r"|(?<=%)7[bB]%7[bB]|(?<=\*)%7[cC]|(?<=%)(?![0-9a-fA-F]{2})[\w%]|(?<=%)\w[\w.-]{1,100}%(?![0-9a-fA-F]{2})|(?<=\*)\|[^|]{1,100}\|\*"
    r"|(?<=[#@$|~!^])\1[A-Za-z][\w .:-]{0,100}\1\1|(?<=@)[A-Z_]{2,100}@|(?<=[«»]))"
)
# -name-, |NAME| and __NAME__ stand in usual URLs too (x/-/y, a|b, __init__.py): they count as the whole of a host, of a value,
# or, where letters tell that it is a name to fill in, of a piece of the path.
_WHOLE_TAG = re.compile(
    r"[-_|](?<=[/=#].)(?:(?<=//.)|(?<=[=#].)|(?<!_)|(?=_[A-Z]))"
    r"(?:(?<=_)_[A-Za-z][A-Za-z0-9_]{0,60}__|(?<=-)[A-Za-z][\w.]{0,60}-|(?<=\|)[A-Za-z][\w .]{0,60}\|)(?=[/?#&:]|\Z)"
)


def stands_in(url: str) -> bool:
    """Whether a URL holds such a tag, of one of the programs that are known."""
    return _MERGE_TAG.search(url) is not None or _WHOLE_TAG.search(url) is not None
