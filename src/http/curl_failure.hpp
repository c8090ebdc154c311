#pragma once

#include "http/transport.hpp"

#include <curl/curl.h>

namespace alpaca::broker::http {

/// What a CURLcode other than CURLE_OK, with libcurl's text beside it, says about the stage at which an exchange ended.
/// It says nothing about delivery.
Failure failureOf(CURLcode code, std::string_view text = {}) noexcept;

}  // namespace alpaca::broker::http
