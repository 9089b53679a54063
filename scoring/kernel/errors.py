"""Errors of the kernel: an English sentence with named gaps, so that a portal can translate it."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a sentence for extraction into the message catalogue; translate nothing."""
    return message


class KernelError(Exception):
    """Something that the kernel refuses.

    `template` is the English sentence with %(name)s gaps, `params` fills them. A caller that has a
    catalogue translates the template and then fills the gaps. str() is always one line.
    """

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template, params)
        self.template = template
        self.params = params

    @property
    def sentence(self) -> str:
        """The template with its gaps filled, as one line of English."""
        return " ".join((self.template % self.params).split())

    def __str__(self) -> str:
        return self.sentence


class CriteriaError(KernelError):
    """A criteria set that is not sound. `code` names the group, leaf or set that is at fault."""

    def __init__(self, template: str, *, code: str, **params: object) -> None:
        super().__init__(template, code=code, **params)
        self.code = code


class InputError(KernelError):
    """An input that a rule or a case does not admit.

    `field` names the input. `path` says where it stands in a file of answers (member, stage, code);
    it is empty for the inputs of a single form. str() begins with path and field.
    """

    def __init__(
        self, template: str, *, field: str, path: tuple[str, ...] = (), **params: object
    ) -> None:
        super().__init__(template, **params)
        self.field = field
        self.path = path

    def __str__(self) -> str:
        where = " ".join(", ".join(part for part in (*self.path, self.field) if part).split())
        return f"{where}: {self.sentence}" if where else self.sentence

    def under(self, *path: str) -> InputError:
        """The same error, seen from further up in a file of answers."""
        return InputError(self.template, field=self.field, path=(*path, *self.path), **self.params)
