"""What the background worker does: each task calls one transition."""

from __future__ import annotations

from django_tasks import task

from awards.models import PrintJob


@task()
def make_printing(pk: int) -> None:
    """Make a printing, or go on with it. One that was cleared away meanwhile is no error."""
    from awards.transitions.printing import run  # noqa: PLC0415 -- it queues this very task

    job = PrintJob.objects.filter(pk=pk).select_related("review__bloc__province").first()
    if job is not None:
        run(job)
