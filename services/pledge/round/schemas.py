"""What a request on windows carries, and how one is shown."""

from marshmallow import Schema, fields

from shared.web.forms import Whole, at_most


class RoundSet(Schema):
    """The window of a year."""

    organization_id = fields.UUID(required=True, metadata={"label": "组织"})
    year = Whole(2000, 2200, required=True, metadata={"label": "年度"})
    opens_on = fields.Date(required=True, metadata={"label": "开始日期"})
    closes_on = fields.Date(required=True, metadata={"label": "截止日期"})
    publish_by_on = fields.Date(load_default=None, allow_none=True, metadata={"label": "公示截止日期"})
    document = fields.Str(load_default="", validate=at_most(200), metadata={"label": "文件"})


class RoundDropped(Schema):
    """Which window is dropped."""

    organization_id = fields.UUID(required=True, metadata={"label": "组织"})
    year = Whole(2000, 2200, required=True, metadata={"label": "年度"})


class RoundAsked(Schema):
    """Whose window, of which year: one's own and this year's when nothing is named."""

    organization_id = fields.UUID(load_default=None)
    year = Whole(2000, 2200, load_default=None, allow_none=True)


class RoundShown(Schema):
    """A window as it counts for an organisation."""

    opens_on = fields.Date()
    closes_on = fields.Date()
    publish_by_on = fields.Date(allow_none=True)
    document = fields.Str()
