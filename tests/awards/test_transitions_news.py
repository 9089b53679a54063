"""Who drafts, writes, illustrates, publishes and takes back the news item, and when."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage

from awards import transitions as awards
from awards.models import NewsItem, NewsStatus, Photo
from awards.transitions.news import MOST_PHOTOS
from blocs.workflow import IllegalMove, Stale
from tests.awards.meetings import Meeting
from tests.awards.pictures import exif, jpeg, upload

pytestmark = pytest.mark.django_db


def build_world():
    return Meeting().close()


def draft(world):
    return awards.draft_news(world.review, by=world.secretary)


def published(world):
    item = draft(world)
    return awards.publish_news(item, version=item.version, by=world.leader)


def fields(**more):
    return {"title": "Hội nghị", "text": "Sáng nay.", "author": "bà Bình"} | more


def add(world, item, caption="Toàn cảnh", content=None):
    return awards.add_photo(item, upload(content), caption=caption, by=world.secretary)


def captions(item):
    return [photo.caption for photo in item.photos.all()]


# --- the draft


def test_the_secretariat_drafts_once_from_the_records(world):
    world.secretary.__class__.objects.filter(pk=world.secretary.pk).update(full_name="Bà Bình")
    item = draft(world)
    assert (item.status, item.version, item.author) == (NewsStatus.DRAFT, 1, "Bà Bình")
    assert "Khối thi đua khoi-1" in item.title
    assert "Sở a3 làm Khối trưởng" in item.text
    with pytest.raises(IllegalMove):
        draft(world)
    assert NewsItem.objects.count() == 1


def test_the_leader_may_draft_as_well(world):
    assert awards.draft_news(world.review, by=world.leader).pk


def test_nobody_else_drafts(world):
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.draft_news(world.review, by=user)
    assert not NewsItem.objects.exists()


def test_there_is_no_draft_before_the_conference_has_closed():
    meeting = Meeting().read_minutes()
    with pytest.raises(PermissionDenied):
        draft(meeting)


def test_it_may_be_written_after_the_dossier_went_out():
    meeting = Meeting().submit()
    assert awards.write_news(draft(meeting), fields=fields(), version=1, by=meeting.secretary)


# --- writing


def test_text_is_saved_tidily_with_its_version(world):
    item = draft(world)
    saved = awards.write_news(
        item, fields=fields(title=" Hội\u00a0nghi\u0323 "), version=1, by=world.secretary
    )
    assert (saved.title, saved.version) == ("Hội nghị", 2)


def test_a_colleagues_text_is_not_written_over_unseen(world):
    item = draft(world)
    awards.write_news(item, fields=fields(text="Của tôi."), version=1, by=world.secretary)
    with pytest.raises(Stale):
        awards.write_news(item, fields=fields(text="Của anh."), version=1, by=world.leader)
    assert NewsItem.objects.get().text == "Của tôi."


def test_a_news_item_has_a_title_and_a_text(world):
    item = draft(world)
    for field in ("title", "text"):
        with pytest.raises(ValidationError):
            awards.write_news(item, fields=fields(**{field: " "}), version=1, by=world.secretary)
    assert NewsItem.objects.get().version == 1


def test_nobody_else_writes(world):
    item = draft(world)
    photo = add(world, item)
    for user in world.others:
        for deed in (
            lambda by: awards.write_news(item, fields=fields(), version=1, by=by),
            lambda by: awards.add_photo(item, upload(), caption="Ảnh", by=by),
            lambda by: awards.change_caption(photo, caption="Ảnh", by=by),
            lambda by: awards.move_photo(photo, earlier=True, by=by),
            lambda by: awards.remove_photo(photo, by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed(user)
    assert captions(item) == ["Toàn cảnh"]


def test_what_is_published_stands_until_it_is_taken_back(world):
    item = draft(world)
    photo = add(world, item)
    awards.publish_news(item, version=1, by=world.leader)
    # The copy of before the publishing does not help: the deed reads the row anew.
    for deed in (
        lambda by: awards.write_news(item, fields=fields(), version=1, by=by),
        lambda by: awards.add_photo(item, upload(), caption="Ảnh", by=by),
        lambda by: awards.change_caption(photo, caption="Ảnh", by=by),
        lambda by: awards.move_photo(photo, earlier=True, by=by),
        lambda by: awards.remove_photo(photo, by=by),
    ):
        for user in (world.secretary, world.leader):
            with pytest.raises(PermissionDenied):
                deed(user)
    assert captions(item) == ["Toàn cảnh"]


# --- publishing and taking back


def test_only_the_bloc_leader_publishes(world):
    item = draft(world)
    for user in [world.secretary, *world.others]:
        with pytest.raises(PermissionDenied):
            awards.publish_news(item, version=1, by=user)
    done = awards.publish_news(item, version=1, by=world.leader)
    assert (done.status, done.published_at is not None) == (NewsStatus.PUBLISHED, True)
    assert [str(change) for change in done.changes.all()] == ["draft -> published"]


def test_the_leader_publishes_what_was_read(world):
    item = draft(world)
    awards.write_news(item, fields=fields(), version=1, by=world.secretary)
    with pytest.raises(Stale):
        awards.publish_news(item, version=1, by=world.leader)
    assert NewsItem.objects.get().published_at is None


def test_it_is_published_once(world):
    item = published(world)
    with pytest.raises(IllegalMove):
        awards.publish_news(item, version=1, by=world.leader)


def test_the_leader_takes_it_back_with_a_reason(world):
    item = published(world)
    for user in [world.secretary, *world.others]:
        with pytest.raises(PermissionDenied):
            awards.withdraw_news(item, reason="Sai tên", by=user)
    with pytest.raises(ValidationError):
        awards.withdraw_news(item, reason=" ", by=world.leader)
    back = awards.withdraw_news(item, reason="Sai tên", by=world.leader)
    assert (back.status, back.published_at) == (NewsStatus.DRAFT, None)
    assert back.changes.last().note == "Sai tên"
    with pytest.raises(IllegalMove):
        awards.withdraw_news(item, reason="Sai tên", by=world.leader)
    assert awards.write_news(item, fields=fields(), version=1, by=world.secretary)


def test_readers_of_the_list_are_the_accounts_of_the_province(world):
    item = published(world)
    for user in (world.board, world.officer("a3"), world.others[-1]):
        assert list(NewsItem.objects.published_in(user)) == [item]
    awards.withdraw_news(item, reason="Sai tên", by=world.leader)
    assert not NewsItem.objects.published_in(world.leader)


# --- photographs


def test_a_photograph_is_stored_anew_under_a_random_name(world):
    photo = add(world, draft(world), content=jpeg(exif=exif(6)))
    assert (photo.width, photo.height, photo.content_type) == (40, 60, "image/jpeg")
    assert photo.image.name.startswith(f"photos/{photo.item_id}/")
    stored = photo.image.read()
    assert stored.startswith(b"\xff\xd8")
    assert b"Exif" not in stored


def test_a_refused_photograph_leaves_nothing(world):
    item = draft(world)
    for content, caption in ((b"<html></html>", "Ảnh"), (jpeg()[:200], "Ảnh"), (jpeg(), " ")):
        with pytest.raises(ValidationError):
            add(world, item, caption=caption, content=content)
    assert not Photo.objects.exists()
    assert not default_storage.exists(f"photos/{item.pk}")


def test_there_are_at_most_so_many_photographs(world):
    item = draft(world)
    for position in range(1, MOST_PHOTOS + 1):
        Photo.objects.create(
            item=item, position=position, image="x", width=1, height=1, caption=str(position)
        )
    with pytest.raises(ValidationError, match="20"):
        add(world, item)
    assert item.photos.count() == MOST_PHOTOS == 20


def test_a_caption_is_one_paragraph_and_never_empty(world):
    photo = add(world, draft(world), caption=" Toàn\r\ncảnh ")
    assert photo.caption == "Toàn cảnh"
    with pytest.raises(ValidationError):
        awards.change_caption(photo, caption=" ", by=world.secretary)
    assert awards.change_caption(photo, caption="Trao cờ", by=world.secretary).caption == "Trao cờ"


def test_photographs_move_by_one_place_and_stop_at_the_ends(world):
    item = draft(world)
    one, _two, three = (add(world, item, caption=name) for name in ("1", "2", "3"))
    awards.move_photo(three, earlier=True, by=world.secretary)
    assert captions(item) == ["1", "3", "2"]
    awards.move_photo(one, earlier=False, by=world.secretary)
    assert captions(item) == ["3", "1", "2"]
    awards.move_photo(three, earlier=True, by=world.secretary)
    assert captions(item) == ["3", "1", "2"]
    assert [photo.position for photo in item.photos.all()] == [1, 2, 3]


def test_a_photograph_moves_also_after_one_was_removed_from_between(world):
    item = draft(world)
    one, two, three = (add(world, item, caption=name) for name in ("1", "2", "3"))
    awards.remove_photo(two, by=world.secretary)
    awards.move_photo(three, earlier=True, by=world.secretary)
    assert captions(item) == ["3", "1"]
    add(world, item, caption="4")
    assert captions(item) == ["3", "1", "4"]
    assert one.pk in {photo.pk for photo in item.photos.all()}


def test_a_removed_photograph_loses_its_file_once_that_is_certain(
    world, django_capture_on_commit_callbacks
):
    item = draft(world)
    photo = add(world, item)
    with django_capture_on_commit_callbacks(execute=True):
        awards.remove_photo(photo, by=world.secretary)
        assert default_storage.exists(photo.image.name)
    assert not default_storage.exists(photo.image.name)
    for deed in (
        lambda: awards.remove_photo(photo, by=world.secretary),
        lambda: awards.move_photo(photo, earlier=True, by=world.secretary),
        lambda: awards.change_caption(photo, caption="Ảnh", by=world.secretary),
    ):
        with pytest.raises(Stale):
            deed()
