#pragma once

#include "credentials/credential_set.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace alpaca::broker::credentials {

/// All credentials that one call has sent, to be removed from its answer. An answer can repeat no others.
class UsedCredentials {
 public:
  /// Adds the credentials of the next attempt. Allocates only when they differ from those of the attempt before.
  void add(std::shared_ptr<const CredentialSet> next) {
    if (next.get() == last_.get()) return;
    if (last_) earlier_.push_back(last_);
    last_ = std::move(next);
  }

  /// The credentials of the latest attempt. There must have been one.
  [[nodiscard]] const CredentialSet& last() const noexcept { return *last_; }

  /// Removes all of them in one go. Removing one after the other could break up a credential that is still to be
  /// removed.
  template <class Text>
  void redact(Text& text) const {
    if (!last_) return;
    // guard: old and new credentials are removed from a text together
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
