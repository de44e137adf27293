"""The web container's health check: whether /readyz says that it can serve."""

import http.client
import os
import sys

host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].lstrip(".*") or "localhost"
connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
connection.request("GET", "/readyz", headers={"Host": host})
sys.exit(connection.getresponse().status != 200)
