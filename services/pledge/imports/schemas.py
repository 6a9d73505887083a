"""What an import request carries, and how its outcome is shown."""

from marshmallow import Schema, fields


class ImportAsked(Schema):
    """For which organisation; the highest one may import for when none is named."""

    organization_id = fields.UUID(load_default=None, metadata={"label": "组织"})


class ImportRequest(Schema):
    """How the table is meant."""

    dry_run = fields.Bool(load_default=False, metadata={"description": "only show what would be entered"})


class ImportFile(Schema):
    """The file itself."""

    file = fields.Raw(required=True, metadata={"type": "string", "format": "binary", "description": "xlsx or csv"})


class ImportUpload(ImportRequest, ImportFile):
    """The two together: one body, as the document shows it."""


class ImportEntry(Schema):
    """A pledge that is entered."""

    row = fields.Int()
    name = fields.Str()
    year = fields.Int(attribute="pledge.year")
    kind = fields.Str(attribute="pledge.kind")
    headline = fields.Str(attribute="version.headline")
    items = fields.Function(lambda each: len(each.version.items), metadata={"type": "integer"})


class ImportOutcome(Schema):
    """What an import entered, or in a dry run would enter."""

    dry_run = fields.Bool()
    created = fields.Function(lambda each: len(each["plan"].entries), metadata={"type": "integer"})
    unchanged = fields.Int(attribute="plan.unchanged")
    entries = fields.List(fields.Nested(ImportEntry), metadata={"description": "the first 200"})
    errors = fields.Function(
        lambda each: [str(fault) for fault in each["plan"].faults],
        metadata={"type": "array", "items": {"type": "string"}},
    )
