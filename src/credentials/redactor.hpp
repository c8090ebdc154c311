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

/// Removes credentials from texts that came from outside: a server may echo what it was sent.
class Redactor {
 public:
  /// Makes a redactor that removes nothing until `add` is called.
  Redactor() = default;
  explicit Redactor(const Credentials& credentials, const std::string& proxyPassword = {});
  ~Redactor();
  Redactor(const Redactor&) = delete;
  Redactor& operator=(const Redactor&) = delete;

  /// From now on also removes everything that `other` removes, which must outlive this redactor.
  void add(const Redactor& other) { others_.push_back(&other); }

  /// Replaces every credential in the text with "[redacted]".
  ///
  /// The credentials are the key, the secret and the proxy password, each also in Base64, and the Base64 of
  /// "key:secret". They are found in plain text and with any characters escaped as in JSON, percent-encoding or HTML.
  /// Nested escapes are found up to three levels deep. Base64 is found in both alphabets, padded or not.
  ///
  /// Also replaces the beginning of a credential at the end of a text that was cut. Texts of fewer than six characters
  /// are not searched for: hiding them would hide ordinary words and protect nothing.
  ///
  /// A text without escapes takes one pass. Memory is allocated only when there is an escape or a credential is found.
  void redact(std::string& text) const;

  /// Does the same in every text of an answer. An id that contains a credential becomes `OrderId::nil()`, or absent.
  /// @{
  void redact(Error& error) const;
  void redact(Order& order) const;
  void redact(std::vector<Order>& orders) const;
  void redact(CancelAllReport& report) const;
  /// @}

 private:
  struct Needle {
    std::string text;
    bool isBase64;  // the text is Base64: standard alphabet, no padding
  };
  struct Span {
    std::size_t begin;
    std::size_t end;
  };

  void add(const std::string& text, bool isBase64);
  void addBase64(const std::string& secret);
  void redactIds(Order& order) const;
  template <class Word>  // a number or a word, which is replaced as a whole
  void redactWord(Word& word) const;
  [[nodiscard]] std::vector<Span> spansIn(std::string_view text) const;
  template <class Report>
  bool search(std::string_view text, Report report) const;

  std::vector<Needle> needles_;
  std::vector<const Redactor*> others_;
  std::array<bool, 256> begins_{};  // characters that a needle can begin with
};

}  // namespace alpaca::broker::credentials
