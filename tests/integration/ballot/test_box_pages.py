"""The tellers' pages of an electronic ballot: what they are asked for, and what they see while it goes on."""

from datetime import timedelta

from shared import clock
from tests.integration.ballot.boxes import Voted, electronic
from tests.integration.ballot.calls import ABOVE, FIRST, MEMBER, SECOND
from tests.services import Service
from tests.university import uid


def page(voted: Voted, who: object = FIRST) -> str:
    return str(voted.service.client(who).get(f"/ballot/ballots/{voted.id}").text)  # type: ignore[arg-type]


def send(voted: Voted, act: str, **form: object) -> str:
    client = voted.service.client(FIRST)
    answer = client.post(f"/ballot/ballots/{voted.id}/{act}", data=form, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def test_the_teller_is_told_of_the_missing_key_and_proposed_the_numbers(ballot: Service) -> None:
    waiting = page(electronic(ballot, key=None))
    assert "计票密钥正在生成" in waiting
    ready = page(electronic(ballot, channel="mixed", paper_electors=2, entitled=8, present=6))
    assert "计票密钥正在生成" not in ready
    assert "电子投票4人" in ready
    assert "2人用纸质选票" in ready
    assert (
        'name="issued" type="text" inputmode="numeric" pattern="[0-9]+" autocomplete="off" required value="2"' in ready
    )
    assert "打印选票（4张）" in ready
    assert f'href="/evaluation/meetings/{uid("meeting")}/ballot">对照名单发纸质选票' in ready


def test_the_teller_reads_which_seat_a_key_waits_for_and_when_a_failed_one_is_begun_again(ballot: Service) -> None:
    """R-130: never a promise of a minute for a key that nobody is making."""
    voted = electronic(ballot, key=None)
    assert "等待第1、2、3席" in page(voted)
    with ballot.connect() as conn:
        conn.execute(
            "INSERT INTO offer (tenant_id, ceremony_id, step, seat, content) SELECT tenant_id, id, step, seat, ''"
            " FROM ceremony, unnest(ARRAY['certificate', 'coefexps', 'verification']) AS step,"
            " unnest(ARRAY[1, 3]) AS seat"
        )
    assert "等待第2席" in page(voted)
    with ballot.connect() as conn:
        conn.execute("UPDATE ceremony SET state = 'failed', fault = '2:share:1', ended_at = %s", [clock.now()])
    failed = page(voted)
    assert "计票密钥没有生成成功（第2席的内容不对），已经失败1次" in failed
    assert "自动重新生成" in failed
    assert "通常一分钟以内完成" not in failed
    ballot.due(clock.now() + timedelta(seconds=11))
    assert "等待第1、2、3席" in page(voted)


def test_a_form_opens_the_box_until_a_time_on_the_clock_on_the_wall(ballot: Service) -> None:
    voted = electronic(ballot)
    until = (clock.now() + timedelta(days=1)).astimezone(clock.SHANGHAI)
    opened = send(voted, "open", present="4", issued="0", closes_at=until.strftime("%Y-%m-%dT%H:%M"))
    assert f"{until:%H:%M}自动结束" in opened
    assert voted.get(FIRST).json["closes_at"].startswith(f"{until.astimezone(clock.now().tzinfo):%Y-%m-%dT%H:%M}")


def test_while_the_box_is_open_tellers_see_a_number_and_members_the_way_to_the_booth(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    voted.cast(0, 0)
    assert "已收到 <strong data-received>1</strong> 张，应投4张" in page(voted)
    assert f'href="/ballot/box/{voted.id}"' in page(voted, MEMBER)
    assert voted.get(SECOND).json["progress"]["received"] == 1
    for outsider in (MEMBER, ABOVE):
        assert "已收到" not in page(voted, outsider)
        assert voted.get(outsider).json["progress"]["received"] is None


def test_a_late_comer_votes_on_paper_and_the_tellers_close(ballot: Service) -> None:
    until = (clock.now() + timedelta(days=1)).isoformat()
    voted = electronic(ballot).begin(closes_at=until)
    assert "收回" not in page(voted).split("投票结束后")[1].split("</form>")[0].replace("收回与发出", "")
    corrected = send(voted, "issue", present="5", issued="1", reason="一名党员迟到")
    assert "自动结束" not in corrected.split("投票结束后")[0]
    assert "收回纸质选票（张）" in corrected
    assert voted.get(FIRST).json["closes_at"] is None


def test_the_page_says_what_the_count_waits_for(ballot: Service) -> None:
    voted = electronic(ballot).begin()
    for elector in range(4):
        voted.cast(elector, 0)
    assert "正在核验剩余选票" in send(voted, "close")
    voted.seal().decrypt(1)
    assert "（<span data-decrypted>1</span>/2）" in page(voted)
    voted.decrypt(2)
    done = page(voted)
    assert "请宣读计票结果" in done
    assert f'href="/ballot/boards/{voted.id}"' in done
    printed = ballot.client(FIRST).get(f"/ballot/ballots/{voted.id}/count.pdf")
    assert (printed.status_code, printed.mimetype) == (200, "application/pdf")


def test_the_teller_reads_before_closing_that_too_few_ballots_make_it_void(ballot: Service) -> None:
    """R-130: what cannot be undone is said before, in the form whose question repeats it, and in the refusal."""
    voted = electronic(ballot).begin()
    void = "不足3张，现在结束即作废，须重新投票。"
    voted.cast(0, 0)
    shown = page(voted).split("data-consequence")[1].split("</form>")[0]
    assert "hidden" not in shown.split(">")[0]
    assert f"电子选票只收到<span data-received>1</span>张，{void}" in shown
    refused = voted.post(FIRST, "close")
    assert refused.json["details"][-1] == f"电子选票只收到1张，{void}"
    assert "data-consequence" not in page(voted, MEMBER)
    for elector in (1, 2):
        voted.cast(elector, 0)
    assert " hidden>" in page(voted).split("data-consequence")[1].split("</p>")[0]
    assert "作废" not in "".join(voted.post(FIRST, "close").json["details"])


def test_the_booth_leads_back_to_the_workbench_and_does_not_speak_of_signing_in(ballot: Service) -> None:
    """R-130: the booth is not told who is signed in, so it says nothing of it."""
    voted = electronic(ballot).begin()
    booth = str(ballot.client(MEMBER).get(f"/ballot/box/{voted.id}").text)
    assert 'href="/roster/sign-in"' not in booth
    done = booth.partition('id="scene-accepted"')[2].partition("</template>")[0]
    assert 'href="/roster/" rel="noreferrer">返回待办</a>' in done
    assert 'href="/roster/sign-in"' not in str(ballot.client(MEMBER).get("/ballot/box/rehearsal").text)
