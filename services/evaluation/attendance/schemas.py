"""What requests on attendance carry, and how attendance and an import are shown."""

from flask_smorest.fields import Upload
from marshmallow import Schema, fields


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
