#include "http/tls_authorities.hpp"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <new>
#include <utility>

namespace alpaca::broker::http {
namespace {

// Just what libcurl does with the same places, so that nobody is trusted who would not be without this.
bool readInto(X509_STORE* store, const AuthorityPlaces& places) {
  if (!places.file.empty() && X509_STORE_load_file(store, places.file.c_str()) != 1) return false;
  if (!places.folder.empty() && X509_STORE_load_path(store, places.folder.c_str()) != 1) return false;
  return X509_STORE_set_flags(store, X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN) == 1;
}

std::shared_ptr<X509_STORE> read(const AuthorityPlaces& places, std::string& fault) {
  const std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  if (!store) throw std::bad_alloc();
  ERR_set_mark();
  const bool readable = readInto(store.get(), places);
  if (!readable) {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    fault = places.name + " cannot be read: " + (reason != nullptr ? reason : "no certificates in it");
  }
  ERR_pop_to_mark();  // what libcurl finds in the queue, it would take for its own
  return readable ? store : nullptr;
}

}  // namespace

TlsAuthorities::TlsAuthorities(AuthorityPlaces places) : places_(std::move(places)) {}

Trust TlsAuthorities::current(std::string& fault) {
  const std::lock_guard lock(mutex_);  // while reading, too: whoever comes meanwhile needs the outcome
  // From before reading: what changes meanwhile is seen by the next look.
  const Stamps now = stamps();
  if (trust_.store && now.file == seen_.file && now.folder == seen_.folder) return trust_;
  std::string reason;
  if (auto store = read(places_, reason)) {
    trust_ = {std::move(store), trust_.number + 1};
    seen_ = now;
  } else {
    seen_ = {};  // so that the next look reads, whatever the files look like by then
    if (!trust_.store) fault = std::move(reason);
  }
  return trust_;
}

TlsAuthorities::Stamps TlsAuthorities::stamps() const noexcept {
  return {platform::fileStamp(places_.file), platform::fileStamp(places_.folder)};
}

}  // namespace alpaca::broker::http
