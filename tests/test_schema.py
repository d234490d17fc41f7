import json
from pathlib import Path

import jsonschema

from policy428.schema import rule_schema

DOCS = Path(__file__).parent.parent / "docs"


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(rule_schema())


def test_the_copy_in_docs_is_current() -> None:
    # To renew it: policy428 rules schema > docs/rule-schema.json
    assert json.loads((DOCS / "rule-schema.json").read_text("utf-8")) == rule_schema()
