#include "endpoints/entry_conflicts.hpp"

#include <algorithm>

namespace alpaca::broker::endpoints::cancel_all {
namespace {

using Entries = std::vector<CancelAllEntry*>;

bool isInDoubt(const CancelAllEntry* entry) noexcept { return entry->error && entry->error->maybeApplied; }

void doubt(CancelAllEntry& entry) {
  Error error;
  error.kind = ErrorKind::UnexpectedResponse;
  error.httpStatus = entry.status;
  error.maybeApplied = true;
  error.message = "Two entries for this order contradict each other.";
  entry.error = error;
  entry.after.reset();
}

void reconcile(Entries::iterator begin, Entries::iterator end) {
  const auto accepted = std::count_if(begin, end, [](const auto* entry) { return entry->accepted(); });
  const bool agree = accepted == end - begin || (accepted == 0 && std::none_of(begin, end, isInDoubt));
  // guard: entries that contradict each other are in doubt
  if (agree) return;
  std::for_each(begin, end, [](CancelAllEntry* entry) {
    if (!isInDoubt(entry)) doubt(*entry);
  });
}

}  // namespace

void doubtContradictions(std::vector<CancelAllEntry>& entries) {
  Entries sorted;
  sorted.reserve(entries.size());
  for (CancelAllEntry& entry : entries) sorted.push_back(&entry);
  std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->orderId < b->orderId; });
  for (auto begin = sorted.begin(); begin != sorted.end();) {
    const auto end =
        std::find_if(begin, sorted.end(), [&](const auto* entry) { return entry->orderId != (*begin)->orderId; });
    if (end - begin > 1) reconcile(begin, end);
    begin = end;
  }
}

}  // namespace alpaca::broker::endpoints::cancel_all
