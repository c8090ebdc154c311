#include "http/tls/ca_certificates.hpp"

#include "http/tls/ca_file.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include <memory>
#include <new>
#include <utility>

namespace alpaca::broker::http {
namespace {

// Adds all certificates, as OpenSSL does with a file: any number of them, also trusted ones, and revocation lists. The
// difference is that the text is already in memory. It never asks for a password.
bool addAll(X509_STORE* store, const std::string& pem) {
  const std::unique_ptr<BIO, void (*)(BIO*)> source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                    [](BIO* bio) { BIO_free(bio); });
  if (!source) throw std::bad_alloc();
  char noPassword = '\0';
  const std::unique_ptr<STACK_OF(X509_INFO), void (*)(STACK_OF(X509_INFO)*)> all(
      PEM_X509_INFO_read_bio(source.get(), nullptr, nullptr, &noPassword),
      [](STACK_OF(X509_INFO) * infos) { sk_X509_INFO_pop_free(infos, X509_INFO_free); });
  if (!all) return false;
  bool any = false;
  for (int i = 0; i < sk_X509_INFO_num(all.get()); ++i) {
    const X509_INFO* const info = sk_X509_INFO_value(all.get(), i);
    if (info->x509 != nullptr && X509_STORE_add_cert(store, info->x509) != 1) return false;
    if (info->crl != nullptr && X509_STORE_add_crl(store, info->crl) != 1) return false;
    any = any || info->x509 != nullptr || info->crl != nullptr;
  }
  return any;
}

// Does exactly what libcurl does with the same places, so that this adds no trust.
bool readInto(X509_STORE* store, const CaPlaces& places, const std::string& pem) {
  if (!places.file.empty() && !addAll(store, pem)) return false;
  if (!places.folder.empty() && X509_STORE_load_path(store, places.folder.c_str()) != 1) return false;
  // guard: only the caller's CA certificates are shared
  // guard: a trusted certificate need not be self-signed
  return X509_STORE_set_flags(store, X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN) == 1;
}

// Empties OpenSSL's error queue: libcurl would take leftover errors for its own.
// @return the last error. Out of memory is not returned but thrown, as it says nothing about the file.
unsigned long takeErrors() {
  unsigned long last = 0;
  bool noMemory = false;
  while (const unsigned long error = ERR_get_error()) {
    noMemory = noMemory || ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE;
    last = error;
  }
  // guard: a lack of memory is not taken for a fault of the CA file
  if (noMemory) throw std::bad_alloc();
  return last;
}

std::shared_ptr<X509_STORE> read(const CaPlaces& places, std::string& fault) {
  const CaFile file = places.file.empty() ? CaFile{} : readCaFile(places.file);
  if (!file.fault.empty()) {
    fault = places.name + " " + file.fault;
    return nullptr;
  }
  std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
  if (!store) throw std::bad_alloc();
  ERR_set_mark();
  const bool readable = readInto(store.get(), places, file.text);
  if (readable) {
    ERR_pop_to_mark();
    return store;
  }
  const unsigned long error = takeErrors();
  const char* reason = error != 0 ? ERR_reason_error_string(error) : nullptr;
  fault = places.name + " cannot be read: " + (reason != nullptr ? reason : "it holds no certificates");
  return nullptr;
}

}  // namespace

Trust CaCertificates::current(std::string& fault) {
  const std::lock_guard lock(mutex_);  // held while reading, too: other threads need the result
  // Taken before reading, so that the next check notices a change meanwhile.
  const Stamps now{platform::fileStamp(places_.file), platform::fileStamp(places_.folder)};
  // guard: a changed CA file is picked up
  if (trust_.store && now.file == seen_.file && now.folder == seen_.folder) return trust_;
  std::string reason;
  if (auto store = read(places_, reason)) {
    trust_ = {std::move(store), trust_.number + 1};
    seen_ = now;
  } else {
    // guard: a half-written CA file keeps the earlier certificates in force
    seen_ = {};  // so that the next check reads again in any case
    if (!trust_.store) fault = std::move(reason);
  }
  return trust_;
}

}  // namespace alpaca::broker::http
