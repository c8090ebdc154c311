#include "http/tls/sessions.hpp"

#include <utility>

namespace alpaca::broker::http {
namespace {

// Bounds memory. A connection brings about two sessions and takes one, so this is enough to reopen a full pool.
constexpr std::size_t kMaxSessions = 64;

}  // namespace

void TlsSessions::startWith(std::uint64_t trust) noexcept {
  const std::lock_guard lock(mutex_);
  forgetBefore(trust);
}

void TlsSessions::put(std::uint64_t trust, const SSL_SESSION* session) {
  Session copy(SSL_SESSION_dup(session));  // the connection keeps using its own
  const std::lock_guard lock(mutex_);
  forgetBefore(trust);
  // guard: a late session of earlier CA certificates is not kept
  if (!copy || trust < trust_) return;
  if (sessions_.size() == kMaxSessions) sessions_.erase(sessions_.begin());
  sessions_.push_back(std::move(copy));
}

TlsSessions::Session TlsSessions::take() noexcept {
  const std::lock_guard lock(mutex_);
  if (sessions_.empty()) return nullptr;
  Session newest = std::move(sessions_.back());
  // guard: no two connections use one session
  sessions_.pop_back();
  return newest;
}

void TlsSessions::forgetBefore(std::uint64_t trust) noexcept {
  if (trust <= trust_) return;
  trust_ = trust;
  // guard: TLS sessions end with the CA certificates that they relied on
  sessions_.clear();
}

}  // namespace alpaca::broker::http
