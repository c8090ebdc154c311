#pragma once

#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/error.hpp>

#include <string>
#include <vector>

namespace alpaca::broker::core {

/// Takes credentials out of texts that came from outside: a server may echo what it was sent.
class Redactor {
 public:
  /// Knows nothing yet.
  Redactor() = default;
  explicit Redactor(const Credentials& credentials, const std::string& proxyPassword = {});
  ~Redactor();
  Redactor(const Redactor&) = delete;
  Redactor& operator=(const Redactor&) = delete;

  /// Takes out what the other does, too.
  void add(const Redactor& other);

  /// Replaces key, secret, their Basic form and the proxy's password wherever they stand, and what is left of one at
  /// the end of a text that was cut. Texts of fewer than six characters are not looked for as such: they would hide
  /// ordinary words and protect nothing.
  void redact(std::string& text) const;

  /// Does so in every text of the error. A body that holds one only when its JSON escapes are read goes as a whole.
  void redact(Error& error) const;

 private:
  [[nodiscard]] bool isIn(const std::string& text) const;

  std::vector<std::string> secrets_;
};

}  // namespace alpaca::broker::core
