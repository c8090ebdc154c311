#pragma once

#include "credentials/credential_set.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace alpaca::broker::credentials {

/// The credentials that one call has sent, to be taken out of its answer: an answer can repeat no others.
class UsedCredentials {
 public:
  /// Adds those of the next attempt. Takes memory only when they are not those of the attempt before.
  void add(std::shared_ptr<const CredentialSet> next) {
    if (next.get() == last_.get()) return;
    if (last_) earlier_.push_back(last_);
    last_ = std::move(next);
  }

  /// Those of the latest attempt. There must have been one.
  [[nodiscard]] const CredentialSet& last() const noexcept { return *last_; }

  /// Takes out all of them at once: one after the other, what is taken out of one could break up what is still to come.
  template <class Text>
  void redact(Text& text) const {
    if (!last_) return;
    // guard: old and new credentials are taken out of one text
    if (earlier_.empty()) return last_->redactor().redact(text);
    Redactor all;
    all.add(last_->redactor());
    for (const auto& one : earlier_) all.add(one->redactor());
    all.redact(text);
  }

 private:
  std::shared_ptr<const CredentialSet> last_;
  std::vector<std::shared_ptr<const CredentialSet>> earlier_;
};

}  // namespace alpaca::broker::credentials
