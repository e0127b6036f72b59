"""Clients that other people wrote speak with us: `georeport` reads JSON and XML, `three` reads JSON and reports.

`three` is from 2013 and imports on today's Python only when `itertools.ifilter` is there again; it is not changed.
"""

import io
import itertools
import json
import pathlib
import struct
import unittest
import zlib

itertools.ifilter = filter  # noqa: E402  `three` asks for it when it is imported.

import jsonschema
import requests
import xmltodict
from georeport import GeoReport
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from three import Three

from program import Program

# The key that the demo gives to everybody.
KEY = "demo"
# A category of the demo that is published.
CODE = "lamp"
SCHEMAS = pathlib.Path(__file__).parents[2] / "../shared/data/open311-schema"

program = None
base = None


def setUpModule():
    global program, base
    program = Program()
    base = program.origin + "/open311/v2"


def tearDownModule():
    program.stop()


def a_picture():
    """A red PNG of 8 × 8 pixels."""

    def chunk(kind, body):
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = b"".join(b"\0" + b"\xff\0\0" * 8 for _ in range(8))
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    file = io.BytesIO(png)
    file.name = "lamp.png"
    return file


def as_list(one_or_many):
    """`xmltodict` makes a list only of more than one."""
    return one_or_many if isinstance(one_or_many, list) else [one_or_many]


class GeoReportClient(unittest.TestCase):
    """`georeport` 0.3.1, in both formats."""

    def clients(self):
        return [GeoReport(base, output_format=format) for format in ("json", "xml")]

    def test_services_are_the_same_in_both_formats(self):
        in_json, in_xml = (client.get_service_list() for client in self.clients())
        self.assertGreater(len(in_json), 5)
        self.assertEqual(
            [service["service_code"] for service in in_json],
            [service["service_code"] for service in as_list(in_xml)],
        )
        self.assertIn(CODE, [service["service_code"] for service in in_json])

    def test_a_definition_is_read_in_both_formats(self):
        for client in self.clients():
            definition = client.get_service_definition(CODE)
            self.assertEqual(definition["service_code"], CODE)

    def test_requests_are_the_same_in_both_formats_and_found_by_number(self):
        in_json, in_xml = self.clients()
        listed = in_json.get_service_requests(status="open")
        self.assertGreater(len(listed), 0)
        numbers = [request["service_request_id"] for request in listed]
        same = as_list(in_xml.get_service_requests(status="open"))
        self.assertEqual(numbers, [request["service_request_id"] for request in same])
        for client in self.clients():
            found = client.get_service_request(numbers[0])
            self.assertEqual(found["service_request_id"], numbers[0])
            self.assertEqual(found["status"], "open")

    def test_what_is_asked_wrongly_is_refused(self):
        with self.assertRaises(requests.HTTPError) as refused:
            GeoReport(base).get_service_requests(start_date="yesterday")
        self.assertEqual(refused.exception.response.status_code, 400)


class ThreeClient(unittest.TestCase):
    """`three` 0.8.0, JSON."""

    def setUp(self):
        self.three = Three(base, api_key=KEY)

    def test_discovery_leads_to_this_endpoint(self):
        endpoint = self.three.discovery()["endpoints"][0]
        self.assertTrue(endpoint["url"].endswith("/open311/v2"))
        self.assertEqual(endpoint["type"], "test")

    def test_services_and_one_of_them(self):
        self.assertIn(CODE, [service["service_code"] for service in self.three.services()])
        self.assertEqual(self.three.services(CODE)["attributes"], [])

    def test_requests_by_code_by_date_and_few(self):
        few = self.three.requests(CODE, count=1)
        self.assertLessEqual(len(few), 1)
        old = self.three.requests(between=["03-17-2012", "04-17-2012"], status="open")
        self.assertEqual(old, [])

    def test_a_report_without_a_picture_is_found_by_number_and_by_token(self):
        receipt = self.three.post(
            CODE, address="1栋2单元", name="芳 王", phone="13812345678", description="楼道灯不亮"
        )
        number = receipt[0]["service_request_id"]
        self.assertNotIn("token", receipt[0])
        request = self.three.request(number)[0]
        self.assertEqual(request["description"], "楼道灯不亮")
        self.assertEqual(request["status"], "open")
        self.assertNotIn("13812345678", json.dumps(request))
        self.assertNotIn("王", json.dumps(request, ensure_ascii=False))
        self.assertEqual(self.three.token(number)[0]["service_request_id"], number)

    def test_a_report_with_a_picture_tells_where_the_picture_is(self):
        receipt = self.three.post(CODE, address="2栋", description="灯坏了", media=a_picture())
        number = receipt[0]["service_request_id"]
        address = self.three.request(number)[0]["media_url"]
        path = address[address.index("/requests/"):]
        picture = requests.get(program.origin + path)
        self.assertEqual(picture.status_code, 200)
        self.assertEqual(picture.headers["content-type"], "image/jpeg")

    def test_errors_are_lists(self):
        self.assertEqual(self.three.request("QS-1999-000001")[0]["code"], 404)
        self.assertEqual(self.three.post("no-such-service", address="1栋")[0]["code"], 404)
        self.assertEqual(Three(base, api_key="wrong").post(CODE, address="1栋")[0]["code"], 403)


class Contract(unittest.TestCase):
    """What no client asks for, and the official schemas."""

    def test_both_formats_have_their_content_types(self):
        for path, kind in (("services.xml", "text/xml; charset=utf-8"), ("services.json", "application/json; charset=utf-8")):
            self.assertEqual(requests.get(f"{base}/{path}").headers["content-type"], kind)

    def test_errors_in_xml_are_well_formed(self):
        answer = requests.get(f"{base}/nothing.xml")
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(xmltodict.parse(answer.content)["errors"]["error"]["code"], "404")

    def test_updates_are_told_and_taken_once(self):
        three = Three(base, api_key=KEY)
        number = three.post(CODE, address="3栋", description="灯一闪一闪")[0]["service_request_id"]
        update = {
            "api_key": KEY, "service_request_id": number, "update_id": f"u-{number}", "status": "open",
            "updated_datetime": "2026-01-01T00:00:00Z", "description": "现在全黑了",
        }
        for _ in range(2):
            answer = requests.post(f"{base}/servicerequestupdates.json", data=update)
            self.assertEqual(answer.json(), [{"update_id": f"u-{number}"}])
        told = requests.get(f"{base}/servicerequestupdates.json", params={"api_key": KEY}).json()
        self.assertEqual(sum(one["description"] == "现在全黑了" for one in told), 1)

    def test_the_flat_file_has_the_columns_of_geo_report_bulk(self):
        first = requests.get(f"{base}/requests.csv").text.splitlines()[0]
        self.assertTrue(first.startswith("service_request_id,requested_datetime,updated_datetime,closed_date,"))

    @unittest.skipUnless(SCHEMAS.is_dir(), "SKIPPED: the official schemas do not lie beside the repository")
    def test_answers_are_as_the_official_schemas_say(self):
        files = {path.name: json.loads(path.read_text()) for path in SCHEMAS.glob("*.json")}
        resources = [
            (name, Resource.from_contents(schema, default_specification=DRAFT7))
            for name, schema in files.items()
        ]
        registry = Registry().with_resources(resources)
        for path, schema in (
            ("services.json", "services.json"),
            (f"services/{CODE}.json", "service-definition.json"),
            ("requests.json?extensions=true", "requests.json"),
        ):
            validator = jsonschema.Draft7Validator(files[schema], registry=registry)
            validator.validate(requests.get(f"{base}/{path}").json())


if __name__ == "__main__":
    unittest.main(verbosity=2)
