"""What sign-in takes and answers."""

from marshmallow import Schema, fields

from shared.directory.domain import IDENTITY_NAMES, ROLE_NAMES, STANDING_NAMES
from shared.web.forms import at_most, filled


class SignIn(Schema):
    """A number and a password."""

    number = fields.Str(required=True, validate=filled(64), metadata={"label": "学工号"})
    password = fields.Str(required=True, validate=filled(1000), load_only=True, metadata={"label": "密码"})
    university = fields.Str(
        load_default="",
        validate=at_most(100),
        metadata={"label": "学校", "description": "code of the 党委; only where there are several"},
    )
    next = fields.Str(
        load_default="", validate=at_most(2000), metadata={"description": "the page to show then; not for the API"}
    )


class ChangePassword(Schema):
    """One's own password, old and new."""

    current = fields.Str(required=True, validate=filled(1000), load_only=True, metadata={"label": "原密码"})
    new = fields.Str(required=True, validate=filled(1000), load_only=True, metadata={"label": "新密码"})


class SetPassword(Schema):
    """A password for somebody else, who must make an own one at the next sign-in before anything else."""

    password = fields.Str(required=True, validate=filled(1000), load_only=True, metadata={"label": "初始密码"})


class OrganizationShown(Schema):
    """An organisation, in short."""

    id = fields.UUID()
    name = fields.Str()
    kind = fields.Str()


class PersonShown(Schema):
    """A person, in short."""

    id = fields.UUID()
    name = fields.Str()
    number = fields.Str()
    organization = fields.Nested(OrganizationShown)


class SessionShown(Schema):
    """A sign-in: send the token as `Authorization: Bearer`."""

    token = fields.Str()
    person = fields.Nested(PersonShown, attribute="holder")
    expires_at = fields.AwareDateTime()
    must_change = fields.Bool(
        metadata={"description": "nothing opens until the person has set a password of his or her own"}
    )


class OfficeShown(Schema):
    """An office that one holds."""

    role = fields.Str()
    title = fields.Function(lambda office: ROLE_NAMES[office.role], metadata={"type": "string"})
    organization = fields.Str()
    path = fields.Str()
    starts_on = fields.Date()
    ends_on = fields.Date(allow_none=True)


class MeShown(PersonShown):
    """One's own record."""

    standing = fields.Str()
    standing_name = fields.Function(lambda me: STANDING_NAMES[me["standing"]], metadata={"type": "string"})
    identity = fields.Str()
    identity_name = fields.Function(lambda me: IDENTITY_NAMES[me["identity"]], metadata={"type": "string"})
    email = fields.Str()
    offices = fields.List(fields.Nested(OfficeShown))
    must_change = fields.Bool()
    password_reset_by = fields.Str(metadata={"description": "who set the password last for this person; may be empty"})
    password_reset_at = fields.AwareDateTime(allow_none=True)
