"""The pages of the news item: who reads it when, who writes it, and that nothing typed is lost."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from awards import transitions as awards
from awards.models import NewsItem, NewsStatus, Photo
from blocs.models import Review
from tests.awards.meetings import Meeting
from tests.awards.pictures import exif, jpeg, upload
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_province, make_user

pytestmark = pytest.mark.django_db


def build_world():
    return Meeting().close()


def url(world, name="news_detail", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return page.content.decode()


def draft(world):
    return awards.draft_news(world.review, by=world.secretary)


def publish(world, item):
    return awards.publish_news(item, version=item.version, by=world.leader)


def add(world, item, caption="Toàn cảnh Hội nghị"):
    return awards.add_photo(item, upload(jpeg(exif=exif())), caption=caption, by=world.secretary)


def neighbour():
    """Another agency of the province, which takes no part in the review."""
    return make_user("neighbour", make_agency("lang-gieng"))


def stranger():
    """An agency of another province."""
    province = make_province("can-tho")
    return make_user("stranger", make_agency("so-can-tho", province=province))


# --- reading


def test_a_draft_is_read_by_the_secretariat_alone(world):
    item = draft(world)
    photo = add(world, item)
    picture = url(world, "photo_image", photo.pk)
    for user in (world.secretary, world.leader):
        page = signed_in(user).get(url(world))
        assert (page.status_code, item.text[:40] in text_of(page)) == (200, True)
        assert signed_in(user).get(picture).status_code == 200
    # Members come from the conference page: they are told that nothing has been published, in the
    # same words with a draft as without one.
    for user in (world.deputy, world.officer("a3"), world.board):
        page = signed_in(user).get(url(world))
        assert (page.status_code, page.templates[0].name) == (200, "awards/news_none.html")
        assert item.text[:40] not in text_of(page)
        assert signed_in(user).get(picture).status_code == 404
        assert signed_in(user).get(url(world, "news_edit")).status_code == 403
        assert signed_in(user).get(url(world, "photo_list")).status_code == 403
    for user in (neighbour(), stranger()):
        for address in (url(world), picture, url(world, "news_edit"), url(world, "photo_list")):
            assert signed_in(user).get(address).status_code == 404


def test_what_is_published_is_read_by_the_province(world):
    item = draft(world)
    picture = url(world, "photo_image", add(world, item).pk)
    publish(world, item)
    for user in (world.secretary, world.deputy, world.officer("a3"), world.board, neighbour()):
        client = signed_in(user)
        page = client.get(url(world))
        assert (page.status_code, "Tin, ảnh" in text_of(page)) == (200, False)
        assert item.text[:40] in text_of(page)
        assert f'src="{picture}"' in text_of(page)
        assert client.get(picture).status_code == 200
        assert item.title in text_of(client.get(reverse("awards:news_list")))
    away = signed_in(stranger())
    assert away.get(url(world)).status_code == 404
    assert away.get(picture).status_code == 404
    assert item.title not in text_of(away.get(reverse("awards:news_list")))


def test_readers_see_no_deeds(world):
    publish(world, draft(world))
    page = signed_in(world.officer("a3")).get(url(world))
    for action in ("publish/", "withdraw/"):
        with pytest.raises(LookupError):
            fields_of(page, action)
    assert url(world, "news_edit") not in text_of(page)


def test_a_picture_is_served_as_nothing_but_a_picture(world):
    photo = add(world, draft(world))
    answer = signed_in(world.secretary).get(url(world, "photo_image", photo.pk))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"] == f'inline; filename="photo-{photo.pk}.jpg"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"].startswith("private")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xff\xd8")
    assert b"Exif" not in content


def test_a_picture_belongs_to_its_own_item(world):
    photo = add(world, draft(world))
    other = Review.objects.create(bloc=world.bloc, year=2031)
    elsewhere = NewsItem.objects.create(
        review=other, title="Khác", text="Khác", status="published", published_at=timezone.now()
    )
    address = reverse("awards:photo_image", args=[*elsewhere.review.url_args, photo.pk])
    assert signed_in(world.secretary).get(address).status_code == 404


def test_caption_and_text_are_shown_as_text(world):
    item = draft(world)
    add(world, item, caption='"><script>alert(1)</script>')
    fields = {"title": "<b>Tin</b>", "text": "# Đầu\n- <i>mục</i>", "author": "bà Bình"}
    awards.write_news(item, fields=fields, version=1, by=world.secretary)
    page = text_of(signed_in(world.secretary).get(url(world)))
    for markup in ("<script>alert", "<b>Tin", "<i>mục"):
        assert markup not in page
    assert "<h2>Đầu</h2>" in page
    assert "Tin, ảnh: Bà Bình" in page


def test_the_conference_page_and_the_menu_lead_to_the_news(world):
    page = text_of(signed_in(world.officer("a3")).get(url(world, "conference_detail")))
    assert f'href="{url(world)}"' in page
    assert f'href="{reverse("awards:news_list")}"' in page


# --- the draft


def test_one_click_drafts_it(world):
    client = signed_in(world.secretary)
    page = client.get(url(world))
    answer = client.post(url(world, "news_draft"), fields_of(page, "news/draft/"))
    assert answer.headers["Location"] == url(world)
    assert "Sở a3 làm Khối trưởng" in text_of(client.get(url(world)))
    again = client.post(url(world, "news_draft"), follow=True)
    assert "has been drafted already" in text_of(again)


def test_before_the_closing_the_page_says_when_it_will_be_possible():
    world = Meeting().attend()
    client = signed_in(world.secretary)
    page = client.get(url(world))
    assert "once the conference has been closed" in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "news/draft/")
    answer = client.post(url(world, "news_draft"), follow=True)
    assert "once the conference has been closed" in text_of(answer)
    assert not NewsItem.objects.exists()


# --- writing


def test_the_text_is_saved_from_the_form(world):
    draft(world)
    client = signed_in(world.secretary)
    page = client.get(url(world, "news_edit"))
    assert "data-guard" in text_of(page)
    fields = fields_of(page)
    answer = client.post(url(world, "news_edit"), fields | {"text": "Sáng nay,\r\nhọp.\r\n"})
    assert answer.headers["Location"] == url(world)
    item = NewsItem.objects.get()
    assert (item.text, item.title, item.version) == ("Sáng nay,\nhọp.", fields["title"], 2)


def test_a_colleagues_change_is_shown_and_nothing_typed_is_lost(world):
    item = draft(world)
    client = signed_in(world.secretary)
    typed = fields_of(client.get(url(world, "news_edit"))) | {"text": "Của tôi.", "author": "Tôi"}
    theirs = {"title": item.title, "text": "Của đồng nghiệp.", "author": ""}
    awards.write_news(item, fields=theirs, version=1, by=world.leader)
    page = client.post(url(world, "news_edit"), typed)
    assert page.status_code == 422
    assert "A colleague has changed this text" in text_of(page)
    assert "Của đồng nghiệp." in text_of(page)
    assert fields_of(page) == typed | {"version": "2"}
    assert NewsItem.objects.get().text == "Của đồng nghiệp."
    client.post(url(world, "news_edit"), fields_of(page))
    assert NewsItem.objects.get().text == "Của tôi."


def test_text_typed_while_the_item_was_published_comes_back(world):
    item = draft(world)
    client = signed_in(world.secretary)
    typed = fields_of(client.get(url(world, "news_edit"))) | {"text": "Của tôi."}
    publish(world, item)
    page = client.post(url(world, "news_edit"), typed)
    assert page.status_code == 422
    assert "take it back to correct it" in text_of(page)
    assert fields_of(page) == typed
    assert client.get(url(world, "news_edit")).status_code == 403


def test_a_title_too_long_comes_back(world):
    draft(world)
    client = signed_in(world.secretary)
    typed = fields_of(client.get(url(world, "news_edit"))) | {"title": "x" * 301}
    page = client.post(url(world, "news_edit"), typed)
    assert (page.status_code, fields_of(page)) == (422, typed)


# --- publishing


def test_the_leader_publishes_and_takes_back(world):
    draft(world)
    client = signed_in(world.leader)
    client.post(url(world, "news_publish"), fields_of(client.get(url(world)), "publish/"))
    assert NewsItem.objects.get().status == NewsStatus.PUBLISHED
    page = client.get(url(world))
    refused = client.post(url(world, "news_withdraw"), fields_of(page, "withdraw/"))
    assert refused.status_code == 422
    assert "id_reason" in text_of(refused)
    fields = fields_of(refused, "withdraw/") | {"reason": "Sai tên"}
    assert client.post(url(world, "news_withdraw"), fields).headers["Location"] == url(world)
    assert NewsItem.objects.get().status == NewsStatus.DRAFT


def test_the_secretariat_sees_who_publishes(world):
    draft(world)
    client = signed_in(world.secretary)
    page = client.get(url(world))
    assert "Only the bloc leader publishes" in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "publish/")
    answer = client.post(url(world, "news_publish"), {"version": "1"}, follow=True)
    assert "Only the bloc leader publishes" in text_of(answer)
    assert NewsItem.objects.get().status == NewsStatus.DRAFT


def test_a_text_changed_since_it_was_read_is_not_published(world):
    item = draft(world)
    client = signed_in(world.leader)
    read = fields_of(client.get(url(world)), "publish/")
    fields = {"title": "Tin", "text": "Mới.", "author": ""}
    awards.write_news(item, fields=fields, version=1, by=world.secretary)
    answer = client.post(url(world, "news_publish"), read, follow=True)
    assert "read it again" in text_of(answer)
    assert NewsItem.objects.get().status == NewsStatus.DRAFT
    assert "Read the news item first" in text_of(
        client.post(url(world, "news_publish"), follow=True)
    )


# --- photographs


def test_a_photograph_is_added_captioned_moved_and_removed(world):
    item = draft(world)
    client, page = signed_in(world.secretary), url(world, "photo_list")
    for caption in ("Khai mạc", "Trao cờ"):
        answer = client.post(
            page, fields_of(client.get(page)) | {"image": upload(), "caption": caption}
        )
        assert answer.status_code == 302
    first, second = item.photos.all()
    shown = text_of(client.get(page))
    assert f'alt="{first.caption}"' in shown
    client.post(url(world, "photo_move", second.pk), {"direction": "earlier"})
    assert list(item.photos.all()) == [second, first]
    fields = fields_of(client.get(page), f"{second.pk}/caption/")
    assert fields == {"caption": "Trao cờ"}
    client.post(url(world, "photo_caption", second.pk), {"caption": "Trao cờ luân lưu"})
    client.post(
        url(world, "photo_remove", first.pk), fields_of(client.get(page), f"{first.pk}/remove/")
    )
    assert [photo.caption for photo in item.photos.all()] == ["Trao cờ luân lưu"]


def test_a_refused_photograph_keeps_its_caption(world):
    draft(world)
    client = signed_in(world.secretary)
    bad = upload(b"<html></html>")
    page = client.post(url(world, "photo_list"), {"image": bad, "caption": "Khai mạc"})
    assert page.status_code == 422
    assert "choose a JPG or PNG file" in text_of(page)
    assert fields_of(page)["caption"] == "Khai mạc"
    lost = client.post(url(world, "photo_list"), {"image": upload(), "caption": ""})
    assert "Choose the file once more" in text_of(lost)


def test_a_refused_caption_comes_back_at_its_photograph(world):
    photo = add(world, draft(world))
    page = signed_in(world.secretary).post(url(world, "photo_caption", photo.pk), {"caption": ""})
    assert page.status_code == 422
    assert page.context["rows"][0][1].errors


def test_after_publishing_the_photographs_stand(world):
    item = draft(world)
    photo = add(world, item)
    publish(world, item)
    client = signed_in(world.secretary)
    assert client.get(url(world, "photo_list")).status_code == 403
    page = client.post(url(world, "photo_list"), {"image": upload(), "caption": "Ảnh"})
    assert page.status_code == 422
    client.post(url(world, "photo_remove", photo.pk))
    client.post(url(world, "photo_move", photo.pk), {"direction": "earlier"})
    assert client.post(url(world, "photo_caption", photo.pk), {"caption": "x"}).status_code == 422
    assert [one.caption for one in item.photos.all()] == ["Toàn cảnh Hội nghị"]


def test_a_full_item_says_so(world):
    item = draft(world)
    for position in range(1, 21):
        Photo.objects.create(
            item=item, position=position, image="x", width=1, height=1, caption=str(position)
        )
    client = signed_in(world.secretary)
    page = client.get(url(world, "photo_list"))
    assert "at most 20 photographs" in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page)
    refused = client.post(url(world, "photo_list"), {"image": upload(), "caption": "Ảnh"})
    assert (refused.status_code, item.photos.count()) == (422, 20)


# --- methods, others, queries


def test_writers_addresses_are_shut_to_everybody_else(world):
    photo = add(world, draft(world))
    addresses = [
        *(url(world, name) for name in ("news_draft", "news_edit", "news_publish")),
        *(url(world, name) for name in ("news_withdraw", "photo_list")),
        *(url(world, f"photo_{deed}", photo.pk) for deed in ("caption", "move", "remove")),
    ]
    for code, user in ((403, world.officer("a3")), (403, world.board), (404, stranger())):
        client = signed_in(user)
        assert [client.post(address).status_code for address in addresses] == [code] * 8
    client = signed_in(world.secretary)
    for name in ("news_draft", "news_publish", "news_withdraw"):
        assert client.get(url(world, name)).status_code == 405
    for deed in ("caption", "move", "remove"):
        assert client.get(url(world, f"photo_{deed}", photo.pk)).status_code == 405
    for name in ("news_list", "news_detail"):
        address = reverse("awards:news_list") if name == "news_list" else url(world)
        assert client.post(address).status_code == 405
    assert client.post(url(world, "photo_image", photo.pk)).status_code == 405


def items(world, count):
    """Published items of other years, an hour apart, with two photographs each."""
    for year in range(2040, 2040 + count):
        review, _new = Review.objects.get_or_create(
            bloc=world.bloc, year=year, defaults={"scores_due": datetime.date(2041, 1, 1)}
        )
        day = timezone.now() + datetime.timedelta(hours=year)
        item, new = NewsItem.objects.get_or_create(
            review=review,
            defaults={"title": f"Tin {year}", "text": "x", "published_at": day}
            | {"status": NewsStatus.PUBLISHED},
        )
        for position in (1, 2) if new else ():
            Photo.objects.create(
                item=item,
                position=position,
                image="x",
                width=1,
                height=1,
                caption=f"Ảnh {position}",
            )


def test_queries_of_the_list_do_not_grow(world, django_assert_num_queries):
    client = signed_in(world.officer("a3"))
    for count in (1, 3):
        items(world, count)
        client.get(reverse("awards:news_list"))
        with django_assert_num_queries(6):
            page = client.get(reverse("awards:news_list"))
        assert len(page.context["page"]) == count


def test_the_list_is_newest_first_ten_a_page_with_one_picture_each(world):
    items(world, 12)
    client = signed_in(world.officer("a3"))
    page = client.get(reverse("awards:news_list"))
    assert [item.title for item in page.context["page"]] == [
        f"Tin {y}" for y in range(2051, 2041, -1)
    ]
    assert text_of(page).count('alt="Ảnh 1"') == 10
    assert 'alt="Ảnh 2"' not in text_of(page)
    second = client.get(reverse("awards:news_list"), {"page": "2"})
    assert [item.title for item in second.context["page"]] == ["Tin 2041", "Tin 2040"]


def test_queries_of_the_pages_do_not_grow_with_photographs(world, django_assert_num_queries):
    item = draft(world)
    client = signed_in(world.secretary)
    for count in (1, 3):
        while item.photos.count() < count:
            add(world, item)
        for address, queries in ((url(world), 6), (url(world, "photo_list"), 7)):
            client.get(address)
            with django_assert_num_queries(queries):
                client.get(address)


def test_an_account_without_an_agency_reads_nothing(world):
    publish(world, draft(world))
    client = signed_in(make_user("nobody", None))
    assert not client.get(reverse("awards:news_list")).context["page"]
    assert client.get(url(world)).status_code == 404
