#pragma once

#include "http/transport.hpp"

#include <curl/curl.h>

namespace alpaca::broker::http {

/// Maps a CURLcode other than CURLE_OK, together with libcurl's text, to the stage at which an exchange failed. It does
/// not say whether the request was delivered.
Failure failureOf(CURLcode code, std::string_view text = {}) noexcept;

}  // namespace alpaca::broker::http
