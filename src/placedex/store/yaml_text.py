"""YAML as text: content of dicts, lists and plain values, in a form that git shows line by line."""

import io

from ruamel.yaml import YAML


def yaml_text(content: object, *, comment: str = "") -> str:
    """Content as YAML, its keys in their order; a comment stands above it."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 100
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    buffer = io.StringIO()
    writer.dump(content, buffer)
    return (f"# {comment}\n" if comment else "") + buffer.getvalue()
