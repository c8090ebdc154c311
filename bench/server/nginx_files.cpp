#include "server/nginx_files.hpp"

#include "clients/authorization.hpp"
#include "nginx/nginx_parts.hpp"

#include <ctime>

namespace alpaca::broker::bench {
namespace {

constexpr std::time_t kSecondsPerHour = 3600;

// Every path is relative to the server's own folder: it needs no rights on the system.
constexpr const char* kConfiguration = R"(
daemon off;
worker_processes 1;
worker_cpu_affinity 01;
worker_rlimit_nofile 8192;
pid nginx.pid;
error_log error.log error;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path client_body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  ssl_certificate certificate.pem;
  ssl_certificate_key key.pem;
  ssl_protocols TLSv1.3;
  tcp_nodelay on;
  default_type application/json;
  keepalive_requests 1000000000;
  keepalive_time 24h;
  server { listen 127.0.0.1:@KEEPALIVE@ ssl; keepalive_timeout 24h; include routes.conf; }
  server { listen 127.0.0.1:@SHORT@ ssl; keepalive_timeout 2s; include routes.conf; }
  server { listen 127.0.0.1:@CLOSING@ ssl; keepalive_timeout 0; include routes.conf; }
}
)";

// The limit is one that nobody reaches, and its window ends within the hour: what paces itself has no reason to wait.
constexpr const char* kRoutes = R"(
add_header X-Request-ID $request_id always;
add_header X-RateLimit-Limit 1000000 always;
add_header X-RateLimit-Remaining 999999 always;
add_header X-RateLimit-Reset @RESET@ always;
if ($http_authorization != "@AUTHORIZATION@") { return 401 '{"code":40110000,"message":"request is not authorized"}'; }
location @ORDERS@ { return 204; }
location @ORDERS@@REFUSED@ { return 422 '{"code":42210000,"message":"order is not cancelable: it is already filled"}'; }
location = /v1/clock {
  return 200 '{"timestamp":"2026-01-05T10:00:00-05:00","is_open":true,"next_open":"2026-01-06T09:30:00-05:00","next_close":"2026-01-05T16:00:00-05:00"}';
}
)";

}  // namespace

std::string nginxConfiguration(int keepAlivePort, int shortIdlePort, int closingPort) {
  std::string text = test::filledIn(kConfiguration, "@KEEPALIVE@", std::to_string(keepAlivePort));
  text = test::filledIn(text, "@SHORT@", std::to_string(shortIdlePort));
  return test::filledIn(text, "@CLOSING@", std::to_string(closingPort));
}

std::string nginxRoutes(const Site& site, const std::string& refusedPrefix) {
  std::string text = test::filledIn(kRoutes, "@RESET@", std::to_string(std::time(nullptr) + kSecondsPerHour - 1));
  text = test::filledIn(text, "@AUTHORIZATION@", basicAuthorization(site.key, site.secret));
  text = test::filledIn(text, "@ORDERS@", site.ordersPath());
  return test::filledIn(text, "@REFUSED@", refusedPrefix);
}

}  // namespace alpaca::broker::bench
