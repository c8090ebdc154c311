// Compiled instead of shared_tls.cpp when there is no OpenSSL.
#include "http/tls/shared_tls.hpp"

namespace alpaca::broker::http {

void prepareTlsLibrary() noexcept {}

std::shared_ptr<SharedTls> makeSharedTls(const std::string& /*caFile*/) { return nullptr; }

}  // namespace alpaca::broker::http
