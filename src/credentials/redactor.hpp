#pragma once

#include <alpaca/broker/cancel_all.hpp>
#include <alpaca/broker/credentials.hpp>
#include <alpaca/broker/error.hpp>
#include <alpaca/broker/order.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace alpaca::broker::credentials {

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

  /// Replaces key, secret and the proxy's password, each also in Base64, and the Base64 of "key:secret", wherever they
  /// stand: plain, with any of their characters escaped as in JSON, percent-encoding or HTML, or up to three such
  /// escapes deep. Base64 is found in both alphabets, padded or not. Replaces as well what is left of one at the end of
  /// a text that was cut. Texts of fewer than six characters are not looked for as such: they would hide ordinary words
  /// and protect nothing. One pass over a text without an escape; allocates only where there is one, or something is
  /// found.
  void redact(std::string& text) const;

  /// Does so in every text of an answer. Ids stay: what can be in one is what an id may be.
  /// @{
  void redact(Error& error) const;
  void redact(Order& order) const;
  void redact(std::vector<Order>& orders) const;
  void redact(CancelAllReport& report) const;
  /// @}

 private:
  struct Needle {
    std::string text;
    bool isBase64;  // in the standard alphabet, without padding
  };
  struct Span {
    std::size_t begin;
    std::size_t end;
  };

  void add(const std::string& text, bool isBase64);
  void addBase64(const std::string& secret);
  void redact(Decimal& number) const;
  void redact(OrderStatus& status) const;
  [[nodiscard]] std::vector<Span> spansIn(std::string_view text) const;
  template <class Report>
  void search(std::string_view text, Report report) const;

  std::vector<Needle> needles_;
  std::array<bool, 256> begins_{};  // the characters that a needle can begin with
};

}  // namespace alpaca::broker::credentials
