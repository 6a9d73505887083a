"""What a request on schemes carries, and how schemes and versions are shown."""

from marshmallow import Schema, ValidationError, fields, validates_schema

from services.roster.scheme.domain import STATE_NAMES
from shared.scheme.settings import BY_KEY
from shared.web.forms import Whole, at_most, filled


class DocumentFields(Schema):
    """What founds a version."""

    number = fields.Str(load_default="", validate=at_most(60), metadata={"label": "发文字号"})
    title = fields.Str(load_default="", validate=at_most(200), metadata={"label": "文件标题"})
    on = fields.Date(load_default=None, allow_none=True, metadata={"label": "发文日期"})


class SettingEntry(Schema):
    """A setting of a draft; what is absent stays."""

    value = fields.Raw(metadata={"description": "by the setting's kind"})
    source = fields.Str(validate=filled(500), metadata={"label": "依据"})
    open = fields.Bool(metadata={"label": "下级可调"})


class SchemeCopy(DocumentFields):
    """A scheme of one's own, begun from a preset or from a version of another scheme."""

    name = fields.Str(required=True, validate=filled(60), metadata={"label": "方案名称"})
    preset = fields.Str(load_default=None, allow_none=True, validate=at_most(60), metadata={"label": "预置方案"})
    scheme_id = fields.UUID(load_default=None, allow_none=True)
    version = Whole(1, load_default=None, allow_none=True)

    @validates_schema
    def _one_basis(self, data: dict[str, object], **_kwargs: object) -> None:
        given = data.get("preset") is not None
        other = data.get("scheme_id") is not None and data.get("version") is not None
        if given == other:
            raise ValidationError("请选定一个底本：预置方案，或者方案及其版本。")


class SchemeChange(DocumentFields):
    """A draft's document and settings."""

    settings = fields.Dict(keys=fields.Str(), values=fields.Nested(SettingEntry), load_default=dict)


class DocumentShown(Schema):
    """What founds a version."""

    number = fields.Str()
    title = fields.Str()
    on = fields.Date(allow_none=True)


class SettingShown(Schema):
    """A setting as a version makes it."""

    value = fields.Raw()
    source = fields.Str()
    open = fields.Bool()


class VersionShort(Schema):
    """A version without its settings."""

    scheme_id = fields.UUID()
    version = fields.Int()
    name = fields.Str()
    preset = fields.Str(allow_none=True)
    organization_id = fields.UUID(
        allow_none=True, metadata={"description": "whose adaptation it is; null when it stands by itself"}
    )
    state = fields.Str()
    state_name = fields.Function(lambda version: STATE_NAMES[version.state], metadata={"type": "string"})
    document = fields.Nested(DocumentShown)
    made_at = fields.AwareDateTime()
    published_at = fields.AwareDateTime(allow_none=True)


class VersionShown(VersionShort):
    """A version, whole."""

    settings = fields.Dict(keys=fields.Str(), values=fields.Nested(SettingShown))


class PresetShort(Schema):
    """A preset that ships with the software, without its settings."""

    code = fields.Str()
    name = fields.Str()
    document = fields.Nested(DocumentShown)


class PresetShown(PresetShort):
    """A preset, whole."""

    settings = fields.Dict(keys=fields.Str(), values=fields.Nested(SettingShown))


class SettingKind(Schema):
    """A setting that schemes can make."""

    key = fields.Str()
    kind = fields.Str()
    title = fields.Str()
    default = fields.Raw()
    choices = fields.Function(lambda setting: dict(setting.choices), metadata={"type": "object"})


class SchemesShown(Schema):
    """All schemes of the university, and the presets."""

    schemes = fields.List(fields.Nested(VersionShort))
    presets = fields.List(fields.Nested(PresetShort))
    kinds = fields.List(fields.Nested(SettingKind), metadata={"description": f"the {len(BY_KEY)} settings there are"})
