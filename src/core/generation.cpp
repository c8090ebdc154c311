#include "core/generation.hpp"

#include <utility>

namespace alpaca::broker::core {

Generation::Generation(const Credentials& credentials, std::uint64_t number, std::string proxyPassword)
    : login_{credentials, number},
      proxyPassword_(std::move(proxyPassword)),
      redactor_(login_.credentials, proxyPassword_) {}

bool Generation::isOf(const Credentials& credentials) const noexcept {
  return login_.credentials.key() == credentials.key() && login_.credentials.secret() == credentials.secret();
}

Generation::Link Generation::successor(const Credentials& credentials) const {
  return std::make_unique<const std::shared_ptr<Generation>>(
      std::make_shared<Generation>(credentials, number() + 1, proxyPassword_));
}

std::shared_ptr<Generation> Generation::last(Generation& first) {
  std::shared_ptr<Generation> last = first.shared_from_this();
  while (const std::shared_ptr<Generation>* const next = last->next_.load()) last = *next;
  return last;
}

const Generation* Generation::next() const noexcept {
  const std::shared_ptr<Generation>* const next = next_.load();
  return next == nullptr ? nullptr : next->get();
}

const Generation& Generation::newest() const noexcept {
  const Generation* newest = this;
  while (const Generation* const next = newest->next()) newest = next;
  return *newest;
}

// Of all generations at once: one after the other, what is taken out of one could break up what is still to come.
template <class Text>
void Generation::redactFrom(Text& text) const {
  if (next() == nullptr) return redactor_.redact(text);
  Redactor all;
  for (const Generation* one = this; one != nullptr; one = one->next()) all.add(one->redactor_);
  all.redact(text);
}

template void Generation::redactFrom(std::string& text) const;
template void Generation::redactFrom(Error& error) const;
template void Generation::redactFrom(Order& order) const;
template void Generation::redactFrom(std::vector<Order>& orders) const;
template void Generation::redactFrom(CancelAllReport& report) const;

}  // namespace alpaca::broker::core
