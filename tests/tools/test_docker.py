"""docker-compose.yml is valid, and starts what `make demo` starts; odoo.conf fits both."""

import configparser
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
import yaml

from tools import demo, venvs
from tools.installation import SERVER_WIDE, WIDE
from tools.paths import ADDON, ROOT

COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load(COMPOSE.read_text())["services"]


def unset(text):
    """:return: what compose makes of a value whose variables nobody has set"""
    return re.sub(r"\$\{\w+-([^}]*)\}", r"\1", text)


@pytest.fixture(scope="module")
def conf():
    parser = configparser.ConfigParser()
    parser.read(ROOT / "odoo.conf")
    return parser


def test_the_file_follows_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    done = subprocess.run(
        [*command, "vendor.compose-spec", COMPOSE], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("service", ["odoo", "install"])
def test_odoo_gets_this_repositorys_conf_addon_and_requirements(services, service):
    definition = services[service]
    assert "./odoo.conf:/etc/odoo/odoo.conf:ro" in definition["volumes"]
    mounts = [volume.split(":")[1] for volume in definition["volumes"]]
    assert f"/mnt/extra-addons/{ADDON}" in mounts
    recipe = definition["build"]["dockerfile_inline"]
    assert "COPY requirements.txt" in recipe
    assert f"--target /opt/queue_job odoo-addon-queue-job=={venvs.QUEUE_JOB['17.0']}" in recipe
    assert "--addons-path=/mnt/extra-addons,/opt/queue_job/odoo/addons" in definition["command"]


def test_the_sandbox_is_started_as_make_demo_starts_it(services):
    ours = demo.sandbox("python", demo.PORT + 1, f"http://127.0.0.1:{demo.PORT}").command
    options = dict(zip(ours[3::2], map(str, ours[4::2]), strict=True))
    theirs = services["sandbox"]["command"]
    assert theirs[:3] == ours[:3]
    # nobody fills its catalogue here, so what Odoo sends has to be enough
    assert theirs[-1] == "--auto-create"
    given = dict(unset(part).split("=", 1) for part in theirs[3:-1])
    assert given == {**options, "--host": "0.0.0.0"}
    assert services["sandbox"]["network_mode"] == "service:odoo"


def test_the_demo_s_connection_knows_the_sandbox_s_address_and_secrets(services):
    demo_data = ElementTree.parse(ROOT / ADDON / "demo" / "marketplace_config_demo.xml")
    values = {field.get("name"): field.text for field in demo_data.iter("field")}
    options = dict(part.split("=", 1) for part in map(unset, services["sandbox"]["command"][3:-1]))
    assert values["auth_token"] == options["--token"]
    assert values["webhook_token"] == options["--webhook-token"]
    assert values["api_base_url"] == f"http://127.0.0.1:{options['--port']}/api/v1/"


def test_demo_data_comes_to_those_who_ask_for_it_as_the_file_says(services):
    # Odoo 17.0 takes any text for a yes, "False" too: only an empty value lets demo data in
    assert "--without-demo=${WITHOUT_DEMO-all}" in services["install"]["command"]
    assert "WITHOUT_DEMO= docker compose run --rm install" in COMPOSE.read_text()


def test_everything_that_stays_up_has_a_health_check_and_keeps_its_data(services):
    for name in ("odoo", "db", "sandbox"):
        assert services[name]["healthcheck"]["test"]
    volumes = yaml.safe_load(COMPOSE.read_text())["volumes"]
    assert set(volumes) == {"odoo-data", "db-data"}


def test_only_this_machine_reaches_the_published_ports(services):
    published = [port for service in services.values() for port in service.get("ports", [])]
    assert published and all(port.startswith("127.0.0.1:") for port in published)


def test_odoo_loads_server_wide_what_make_demo_loads(conf):
    wide = conf["options"]["server_wide_modules"]
    assert wide == ",".join((SERVER_WIDE["17.0"], *WIDE))


def test_jobs_leave_workers_for_people(conf):
    channels = dict(part.split(":") for part in conf["queue_job"]["channels"].split(","))
    assert 1 < int(channels["root"]) < int(conf["options"]["workers"])
    assert {"root.cartona.orders", "root.cartona.push", "root.cartona.status"} <= set(channels)
