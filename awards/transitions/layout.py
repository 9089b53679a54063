"""The layout of a province's papers: chosen by its board within the bounds of the law."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from awards import permissions as may
from awards.models import PrintProfile
from blocs.models import Province, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import Stale, holding


def set_print_profile(
    province: Province,
    *,
    measures: Mapping[str, object],
    party_committee: str,
    version: int,
    by: User,
) -> PrintProfile:
    """Choose the sizes of the province's papers (mm, pt, lines), and how its Party body is called.

    What was issued before keeps its bytes. Raises ``Stale`` when a colleague chose in between,
    ``ValidationError`` outside the bounds of the law.
    """
    with holding(province) as held:
        require(may.can_set_layout(by, held))
        profile = PrintProfile.objects.filter(province=held).first()
        profile = profile or PrintProfile(province=held)
        if profile.version != version:
            raise Stale(_("A colleague has changed the layout in the meantime."))
        for name, value in measures.items():
            setattr(profile, name, value)
        profile.version += 1
        profile.full_clean()
        profile.save()
        held.party_committee = tidy(party_committee)
        held.full_clean()
        held.save(update_fields=["party_committee"])
        return profile
