"""What an import request carries, and how its outcome is shown."""

from marshmallow import Schema, fields

from services.roster.imports.domain import ACT_NAMES, Act, ImportKind
from shared.web.forms import one_of


class ImportRequest(Schema):
    """Which kind of table it is and how it is meant."""

    kind = fields.Str(required=True, validate=one_of(list(ImportKind)), metadata={"label": "表的种类"})
    dry_run = fields.Bool(load_default=False, metadata={"description": "only show what would change"})
    whole = fields.Bool(
        load_default=False,
        metadata={"label": "完整名册", "description": "who is missing from the branches named has left"},
    )


class ImportFile(Schema):
    """The file itself."""

    file = fields.Raw(required=True, metadata={"type": "string", "format": "binary", "description": "xlsx or csv"})


class ImportUpload(ImportRequest, ImportFile):
    """The two together: one body, as the document shows it."""


class ImportDifference(Schema):
    """One value that becomes another."""

    label = fields.Str()
    old = fields.Str()
    new = fields.Str()


class ImportChange(Schema):
    """What happens to one organisation or person."""

    row = fields.Int()
    act = fields.Str()
    act_name = fields.Function(lambda each: ACT_NAMES[each.act], metadata={"type": "string"})
    subject = fields.Str()
    differences = fields.List(fields.Nested(ImportDifference))


class ImportOutcome(Schema):
    """What an import changed, or in a dry run would change."""

    dry_run = fields.Bool()
    created = fields.Function(lambda each: each["plan"].count(Act.CREATED), metadata={"type": "integer"})
    changed = fields.Function(lambda each: each["plan"].count(Act.CHANGED), metadata={"type": "integer"})
    gone = fields.Function(lambda each: each["plan"].count(Act.GONE), metadata={"type": "integer"})
    unchanged = fields.Int(attribute="plan.unchanged")
    changes = fields.List(fields.Nested(ImportChange), metadata={"description": "the first 200"})
    absent = fields.List(fields.Str(), attribute="plan.absent")
    errors = fields.Function(
        lambda each: [str(fault) for fault in each["plan"].faults],
        metadata={"type": "array", "items": {"type": "string"}},
    )
