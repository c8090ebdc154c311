"""A hostile broker, unlike the honest mock broker: hostile_broker.py ACCOUNT_ID ORDER_ID

Its order has control characters in its fields, and a cancel does not change the order. After a cancel-all, no list shows
it and it cannot be read. A cancel of the order `stall` is never answered. Prints its URL first, and `garbage` for each
malformed request.
"""
import http.server
import json
import sys
import time

ACCOUNT, ORDER = sys.argv[1:]
HOSTILE = "\x1b]0;title\x07A\x7fB\u009b2J\u202eC\nforged"
canceled = False


def order():
    return {"id": ORDER, "client_order_id": "mine" + HOSTILE, "created_at": "2026-01-05T14:30:00Z", "symbol": HOSTILE,
            "qty": "1" + HOSTILE, "filled_qty": "0", "type": "limit", "side": "buy", "time_in_force": "day",
            "order_class": "", "status": "new" + HOSTILE, "legs": None}


class Broker(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, value=None):
        body = b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Request-ID", "id-of-the-request")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path.split("?")[0]
        if path.endswith("/orders"):
            self.answer(200, [] if canceled or "closed" in self.path else [order()])
        elif canceled:
            self.answer(500, {"message": "lost" + HOSTILE})
        else:
            self.answer(200, order())

    def do_DELETE(self):
        global canceled
        print("DELETE", self.path, flush=True)
        if self.path.endswith("/stall"):
            time.sleep(60)
        elif self.path.split("?")[0].endswith("/orders"):
            canceled = True
            self.answer(207, [{"id": ORDER, "status": 200}])
        else:
            self.answer(204)

    def send_error(self, *_):
        print("garbage", flush=True)
        self.close_connection = True

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Broker)
print(f"ready\nurl     http://127.0.0.1:{server.server_port}\nkey     k\nsecret  s", flush=True)
server.daemon_threads = True
server.serve_forever()
