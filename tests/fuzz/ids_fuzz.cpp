// An input is an order id, or "account id LF order id". Accepted ids are compared with a list in this file. The path
// built from them must name one order, however a server or a proxy reads it.
#include "fuzz/fuzz_target.hpp"

#include "endpoints/cancel_order.hpp"

#include <alpaca/broker/ids.hpp>

#include <curl/curl.h>

#include <memory>
#include <string>
#include <vector>

namespace alpaca::broker::fuzz {
namespace {

constexpr std::string_view kHex = "0123456789abcdefABCDEF";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

bool consistsOf(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

bool mayBeOrder(std::string_view text) { return !text.empty() && text.size() <= 128 && consistsOf(text, kLetters); }

bool mayBeAccount(std::string_view text) {
  std::vector<std::size_t> groups;
  std::size_t length = 0;
  for (const char c : text) {
    if (c == '-') {
      groups.push_back(length);
      length = 0;
    } else if (kHex.find(c) != std::string_view::npos) {
      ++length;
    } else {
      return false;
    }
  }
  groups.push_back(length);
  return groups == std::vector<std::size_t>{8, 4, 4, 4, 12};
}

std::string inLowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

template <class Id>
void checkParsed(const Result<Id>& id, std::string_view text, bool acceptable) {
  require(static_cast<bool>(id) == acceptable, "exactly the listed ids are accepted");
  if (id) {
    require(id->str() == (mayBeAccount(text) ? inLowerCase(text) : std::string(text)),
            "a UUID is kept in lower case, all else as it is");
    return;
  }
  const Error& error = id.error();
  require(error.kind == ErrorKind::InvalidArgument && !error.maybeApplied, "a bad id is an invalid argument");
  require(isOnePrintableLine(error.message) && error.message.size() < 200, "the error does not repeat a bad id");
}

std::vector<std::string_view> segmentsOf(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    segments.push_back(segment);
    path.remove_prefix(segment.size());
  }
  return segments;
}

// Removes dot segments, as many servers do.
std::string pathAfterNormalising(const std::string& target) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  char* path = nullptr;
  if (curl_url_set(url.get(), CURLUPART_URL, ("https://host" + target).c_str(), 0) != CURLUE_OK ||
      curl_url_get(url.get(), CURLUPART_PATH, &path, CURLU_URLDECODE) != CURLUE_OK) {
    return "not a path";
  }
  const std::unique_ptr<char, void (*)(void*)> owner(path, curl_free);
  return path;
}

void checkPath(const AccountId& account, const OrderId& order) {
  const std::string target = endpoints::cancel_order::request(account, order).request.target.str();
  require(target.front() == '/', "the target is a path");
  const std::vector<std::string_view> expected{"v1", "trading", "accounts", account.str(), "orders", order.str()};
  require(segmentsOf(target) == expected, "the path has six segments, and the ids are two of them");
  require(pathAfterNormalising(target) == target, "the path means the same after normalisation");
}

}  // namespace

void check(std::string_view input) {
  static const AccountId kAccount = AccountId::parse("3d0b0e65-35d3-4dcd-8df7-10286ebb4b4b").value();
  const auto lineFeed = input.find('\n');
  const bool hasAccount = lineFeed != std::string_view::npos;
  const std::string_view orderText = hasAccount ? input.substr(lineFeed + 1) : input;

  const auto order = OrderId::parse(orderText);
  checkParsed(order, orderText, mayBeOrder(orderText));
  if (order) checkPath(kAccount, *order);
  if (!hasAccount) return;

  const std::string_view accountText = input.substr(0, lineFeed);
  const auto account = AccountId::parse(accountText);
  checkParsed(account, accountText, mayBeAccount(accountText));
  if (account && order) checkPath(*account, *order);
}

}  // namespace alpaca::broker::fuzz
