"""One's own messages: who reads them, how many are unread, where they lead."""

from uuid import uuid4

from shared.events.notify import FilingSubmitted
from tests.integration.notify.desk import Desk
from tests.integration.notify.facts import FILING
from tests.university import uid


def test_a_message_is_read_by_its_person_only(desk: Desk) -> None:
    desk.service.hear(FilingSubmitted, **FILING)
    (message,) = desk.get("/messages?unread=true", "陈部长")
    assert message["text"] == "有新报送的备案材料，请办理。"
    desk.post(f"/messages/{message['id']}/read", "郑总", status=403)
    desk.post(f"/messages/{uuid4()}/read", "陈部长", status=404)
    assert desk.get("/messages/unread", "陈部长") == {"unread": 1}
    desk.post("/messages/read", "郑总")
    assert desk.get("/messages/unread", "陈部长") == {"unread": 1}
    assert desk.post("/messages/read", "陈部长") == {"unread": 0}
    assert desk.get("/messages?unread=true", "陈部长") == []


def test_the_page_leads_to_the_matter_and_counts(desk: Desk) -> None:
    desk.service.hear(FilingSubmitted, **FILING)
    client = desk.client("陈部长")
    (message,) = desk.get("/messages", "陈部长")
    assert "有新报送的备案材料" in client.get("/notify/messages/").get_data(as_text=True)
    assert ">1<" in client.get("/notify/messages/count").get_data(as_text=True)
    answer = client.post(f"/notify/messages/{message['id']}/read")
    assert (answer.status_code, answer.location) == (303, f"/notify/filings/{uid('filing')}")
    assert client.get("/notify/messages/count").get_data(as_text=True).strip() == ""
    assert "没有未读消息" in client.get("/notify/messages/?unread=true").get_data(as_text=True)


def test_a_message_of_another_release_is_shown_neutrally_and_opens(desk: Desk) -> None:
    """Requirements 2.10: after a return to an older release its kinds stand in the table all the same."""
    desk.service.hear(FilingSubmitted, **FILING)
    with desk.service.connect() as conn:
        conn.execute("UPDATE message SET kind = 'told_by_a_later_release'")
    shown = desk.get("/messages", "陈部长")
    assert [(one["kind"], one["text"]) for one in shown] == [("other", "有一件事项请您查看。")]
    page = desk.client("陈部长").get("/notify/messages/")
    assert (page.status_code, "有一件事项请您查看。" in page.text) == (200, True)
    desk.post(f"/messages/{shown[0]['id']}/read", "陈部长")
    assert desk.get("/messages/unread", "陈部长") == {"unread": 0}
    with desk.service.connect() as conn:
        kinds = conn.execute("SELECT kind FROM message WHERE person_id = %s", [desk.university.people["陈部长"]])
        assert kinds.fetchall() == [("told_by_a_later_release",)]
