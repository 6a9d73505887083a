"""The page of the vote in meeting mode: what stands in the way, the call, the state, the result."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import flask
from flask import Blueprint
from werkzeug.wrappers import Response as Redirect

from services.evaluation import permissions
from services.evaluation.award import opening
from services.evaluation.election import commands, remedies, results, rules, schemas, store
from services.evaluation.eligibility.commands import access
from services.evaluation.meeting.domain import Presence
from services.evaluation.roll import rules as roll_rules
from services.evaluation.roll import store as roll_store
from services.evaluation.roll.domain import CHANNEL_NAMES
from shared.auth import Viewer
from shared.db import Connection
from shared.directory import store as directory
from shared.web import door, forms

blueprint = Blueprint("election_pages", __name__, url_prefix="/evaluation/meetings")


@blueprint.get("/<uuid:meeting_id>/ballot")
@door.read(permissions.READ_ELECTION)
def show(conn: Connection, viewer: Viewer, meeting_id: UUID) -> str:
    """Show where the vote stands; who runs the branch can call it."""
    meeting = access(conn, viewer, permissions.READ_ELECTION, meeting_id, lock=False)
    organization = directory.get_organization(conn, viewer.tenant_id, meeting.organization_id)
    runs = viewer.may(permissions.CALL_BALLOT, organization.path)
    prepared = commands.prepare(conn, meeting)
    ready = prepared.ready
    tellers = rules.tellers_available(ready.attendees)
    standing = {one.id for one in rules.candidates(ready.reviewed, [])}
    names = {one.person_id: one.name for one in ready.attendees}
    here = [one for one in roll_rules.voters(ready.attendees, prepared.scheme) if one.presence is Presence.PRESENT]
    return flask.render_template(
        "evaluation/election/show.html",
        meeting=meeting,
        organization=organization,
        prepared=prepared,
        runs=runs,
        reads_path=viewer.may(permissions.READ_AWARDS, organization.path),
        opens=opening.may_open_ballot(viewer, organization.path),
        open=ready.ballot in {None, "annulled"},
        obstacles=rules.before_tellers(ready),
        standing=[one.person for one in ready.reviewed if one.person.id in standing],
        voters=here,
        may_vote={election_id for election_id, _ in roll_store.list_open(conn, viewer.tenant_id, viewer.id)},
        channels=CHANNEL_NAMES,
        tellers=sorted(((one, one.person_id in standing) for one in tellers), key=lambda pair: pair[1]),
        elections=_named(results.list_of_meeting(conn, viewer, meeting_id), names),
        resolved=store.find_no_election(conn, viewer.tenant_id, meeting.id),
        resolution=rules.resolution(prepared.chain),
        offer=remedies.offer(conn, meeting, prepared.scheme, prepared.chain) if runs else None,
    )


def _named(elections: list[dict[str, Any]], names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Put names beside the ids of who counts, and of who gets a paper and who none."""

    def of(ids: Sequence[UUID] | None) -> list[str]:
        return [names.get(one, "") for one in ids or []]

    beside = {"tellers": "teller_names", "on_paper": "paper_names", "by_phone": "phone_names"}
    return [{**each, **{name: of(each[ids]) for ids, name in beside.items()}} for each in elections]


@blueprint.post("/<uuid:meeting_id>/ballot")
@door.write(permissions.CALL_BALLOT)
def call(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Call the ballot."""
    election = commands.call(conn, viewer, door.vault(), meeting_id, **forms.load(schemas.Called()))
    paper = election.channel == "paper"
    flask.flash("投票已发起，请监票人清点人数、发票。" if paper else "投票已发起，请监票人清点人数、开始投票。")
    return flask.redirect(f"/evaluation/meetings/{election.meeting_id}/ballot", 303)


@blueprint.post("/<uuid:meeting_id>/second-round")
@door.write(permissions.CALL_BALLOT)
def call_second(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Call the second round."""
    remedies.call_second(conn, viewer, door.vault(), meeting_id)
    flask.flash("另行选举已发起，请监票人清点人数。")
    return flask.redirect(f"/evaluation/meetings/{meeting_id}/ballot", 303)


@blueprint.post("/<uuid:meeting_id>/fewer-places")
@door.write(permissions.CALL_BALLOT)
def reduce(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Record the agreement to fewer places."""
    remedies.reduce(conn, viewer, meeting_id, **forms.load(schemas.FewerPlaces()))
    flask.flash("已记录减少名额。")
    return flask.redirect(f"/evaluation/meetings/{meeting_id}/ballot", 303)


@blueprint.post("/<uuid:meeting_id>/no-election")
@door.write(permissions.CALL_BALLOT)
def resolve_no_election(conn: Connection, viewer: Viewer, meeting_id: UUID) -> Redirect:
    """Resolve to elect nobody."""
    commands.resolve_no_election(conn, viewer, meeting_id, forms.load(schemas.NotElecting())["reason"])
    flask.flash("已记录本季度不评选的决定。")
    return flask.redirect(f"/evaluation/meetings/{meeting_id}/ballot", 303)
