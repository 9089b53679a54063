"""YAML without surprises: no alias, tag or repeated key, and numbers stay exact (reading 21)."""

from __future__ import annotations

import yaml

from .arithmetic import nfc, number_from
from .errors import CriteriaError, gettext_noop

MAX_DEPTH = 30
FILE = "criteria_set"  # the code that errors name where no criterion is known yet
YES_NO = {"true": True, "false": False}


def parse_yaml(text: str) -> dict[str, object]:
    """The document as dict, list, str, bool, None and Decimal.

    CriteriaError, in one line, for YAML that does not parse or that says more than plain data.
    """
    try:
        _refuse_surprises(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _syntax_error(error) from None
    value = None if node is None else _value(node, FILE)
    if not isinstance(value, dict):
        raise CriteriaError(
            gettext_noop("%(code)s: the file must hold keys with values."), code=FILE
        )
    return value


def _refuse_surprises(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise CriteriaError(
                gettext_noop("%(code)s: line %(line)s has a YAML anchor or alias."),
                code=FILE,
                line=line,
            )
        if getattr(event, "tag", None):
            raise CriteriaError(
                gettext_noop("%(code)s: line %(line)s has a YAML tag."), code=FILE, line=line
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise CriteriaError(
                gettext_noop("%(code)s: line %(line)s is nested too deeply."), code=FILE, line=line
            )


def _syntax_error(error: yaml.YAMLError) -> CriteriaError:
    mark = getattr(error, "problem_mark", None)
    return CriteriaError(
        gettext_noop("%(code)s: line %(line)s is not YAML: %(problem)s"),
        code=FILE,
        line=mark.line + 1 if mark else 1,
        problem=getattr(error, "problem", None) or getattr(error, "reason", ""),
    )


def _value(node: yaml.Node, code: str) -> object:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, code)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, code) for child in node.value]
    return _scalar(node, code)


def _mapping(node: yaml.MappingNode, code: str) -> dict[str, object]:
    for key, value in node.value:
        if key.value == "code" and isinstance(value, yaml.ScalarNode):
            code = value.value
    mapping: dict[str, object] = {}
    for key, value in node.value:
        name = _scalar(key, code) if isinstance(key, yaml.ScalarNode) else None
        if not isinstance(name, str):
            raise CriteriaError(
                gettext_noop("%(code)s: line %(line)s: a key must be text."),
                code=code,
                line=key.start_mark.line + 1,
            )
        if nfc(name) in mapping:
            raise CriteriaError(
                gettext_noop("%(code)s: line %(line)s repeats the key %(key)s."),
                code=code,
                line=key.start_mark.line + 1,
                key=name,
            )
        mapping[nfc(name)] = _value(value, code)
    return mapping


def _scalar(node: yaml.Node, code: str) -> object:
    text: str = node.value
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "bool":
        # YAML 1.1 also reads yes, no, on and off as truth values; an author means words by them.
        return YES_NO.get(text.lower(), text)
    if kind in {"int", "float"}:
        number = number_from(text)
        if number is None:
            raise CriteriaError(
                gettext_noop("%(code)s: line %(line)s: %(value)s is not a plain number."),
                code=code,
                line=node.start_mark.line + 1,
                value=text,
            )
        return number
    return text
