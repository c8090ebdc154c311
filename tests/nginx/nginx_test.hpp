#pragma once

#include "nginx/nginx_server.hpp"

#include <alpaca/broker.hpp>

#include <gtest/gtest.h>

namespace alpaca::broker::test {

/// Skips the test when nginx is not installed.
template <class Base = ::testing::Test>
class WithNginx : public Base {
 protected:
  void SetUp() override {
    if (!nginxProgram()) GTEST_SKIP() << "nginx is not installed (Debian: nginx-light)";
  }
};

inline ClientOptions optionsFor(const NginxServer& nginx, int attempts = 1) {
  ClientOptions options;
  options.baseUrl = nginx.url();
  options.tls.caFile = nginx.caFile();
  options.retry.maxAttempts = attempts;
  return options;
}

inline const Credentials kNginxCredentials{"nginx-api-key", "nginx-api-secret"};

}  // namespace alpaca::broker::test
