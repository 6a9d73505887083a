"""What requests on attendance carry, and how attendance and an import are shown."""

from flask_smorest.fields import Upload
from marshmallow import Schema, fields

from shared.web.forms import filled


class ImportAsked(Schema):
    """Whether only to look."""

    dry_run = fields.Bool(load_default=False)


class FileGiven(Schema):
    """The table."""

    file = Upload(required=True, metadata={"label": "文件"})


class AttendanceAsked(Schema):
    """Whose attendance, since when."""

    person_id = fields.UUID(load_default=None)
    since = fields.Date(load_default=None)


class RowRemoved(Schema):
    """Which imported row of a person to take out, and why."""

    held_on = fields.Date(required=True, metadata={"label": "日期"})
    title = fields.Str(required=True, validate=filled(200), metadata={"label": "会议"})
    reason = fields.Str(required=True, validate=filled(200), metadata={"label": "删除原因"})


class PersonRowRemoved(RowRemoved):
    """The same with whose row it is."""

    person_id = fields.UUID(required=True, metadata={"label": "党员"})


class RemovedShown(Schema):
    """A row that was taken out."""

    person_id = fields.UUID()
    held_on = fields.Date()
    title = fields.Str()
    reason = fields.Str()
    removed_at = fields.AwareDateTime()


class AttendanceShown(Schema):
    """Attendance at one 组织生活."""

    person_id = fields.UUID()
    held_on = fields.Date()
    title = fields.Str()
    present = fields.Bool()
    excused = fields.Bool()
    note = fields.Str()
    source = fields.Str()


class ImportedLineShown(Schema):
    """One row of a table."""

    row = fields.Int()
    person_id = fields.UUID()
    name = fields.Str()
    held_on = fields.Date()
    title = fields.Str()
    present = fields.Bool()
    excused = fields.Bool()
    note = fields.Str()


class ReportShown(Schema):
    """What an import did, or would do."""

    new = fields.List(fields.Nested(ImportedLineShown))
    changed = fields.List(fields.Nested(ImportedLineShown))
    same = fields.Int()
    faults = fields.List(fields.Str())
    done = fields.Bool()
