"""The project that is deployed: the code that runs on AWS, and nothing of what runs on one machine alone."""

from pathlib import Path

from infra.deploy import project


def test_what_only_one_machine_loads_does_not_ship(tmp_path: Path):
    project.lay_out(tmp_path / "prod")
    shipped = {str(path.relative_to(tmp_path / "prod")) for path in (tmp_path / "prod").rglob("*.py")}
    assert {"app.py", "chalicelib/store/table.py", "chalicelib/store/dynamodb/engine.py"} <= shipped
    assert not [path for path in shipped if "sqlite" in path or "one_machine" in path]
