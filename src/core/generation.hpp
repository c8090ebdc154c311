#pragma once

#include "core/redactor.hpp"
#include "http/login.hpp"

#include <alpaca/broker/error.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace alpaca::broker::core {

/// Credentials for as long as anyone needs them, and what takes them out of texts.
///
/// Each generation keeps the one that follows it. So a call that holds the one in force when it began holds every one
/// that it may come to use, and the old ones are wiped when the last call that can know them is through.
class Generation : public std::enable_shared_from_this<Generation> {
 public:
  Generation(const Credentials& credentials, std::uint64_t number, std::string proxyPassword);
  ~Generation() { delete next_.load(); }
  Generation(const Generation&) = delete;
  Generation& operator=(const Generation&) = delete;

  [[nodiscard]] const http::Login& login() const noexcept { return login_; }
  [[nodiscard]] std::uint64_t number() const noexcept { return login_.number; }
  [[nodiscard]] bool isOf(const Credentials& credentials) const noexcept;

  using Link = std::unique_ptr<const std::shared_ptr<Generation>>;

  /// One that can follow this one.
  [[nodiscard]] Link successor(const Credentials& credentials) const;

  /// Lets it follow. Once only.
  void followedBy(Link next) noexcept { next_ = next.release(); }

  /// The last one that follows, for who is to put another behind it.
  [[nodiscard]] static std::shared_ptr<Generation> last(Generation& first);

  /// The last one that is in force by now. It lives as long as this.
  [[nodiscard]] const Generation& newest() const noexcept;

  /// Take out these credentials and all that have followed.
  void redact(std::string& text) const { redactFrom(text); }
  void redact(Error& error) const { redactFrom(error); }
  void redact(Order& order) const { redactFrom(order); }
  void redact(std::vector<Order>& orders) const { redactFrom(orders); }
  void redact(CancelAllReport& report) const { redactFrom(report); }

 private:
  template <class Text>
  void redactFrom(Text& text) const;
  [[nodiscard]] const Generation* next() const noexcept;

  const http::Login login_;
  const std::string proxyPassword_;
  const Redactor redactor_;
  // One pointer, so that a child made by fork() at any moment finds it there or not, and nothing in between.
  std::atomic<const std::shared_ptr<Generation>*> next_{nullptr};
};

}  // namespace alpaca::broker::core
