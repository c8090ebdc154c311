#pragma once

#include <alpaca/broker.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

/// Input that is unusable, so nothing may be sent. The text says why.
class UnusableInput : public std::runtime_error {
 public:
  explicit UnusableInput(const std::string& why) : std::runtime_error(why + "; nothing was sent") {}
};

/// Reads to the end, so that part of a list never passes for the whole.
/// @throws UnusableInput when reading fails, or when the text is longer than any list of orders.
inline std::string readWhole(int descriptor, const std::string& name) {
  constexpr std::size_t kLongest = 256U << 20U;
  std::string text;
  std::array<char, 65'536> piece{};
  for (;;) {
    const ssize_t count = ::read(descriptor, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw UnusableInput(name + " cannot be read: " + std::generic_category().message(errno));
    if (count == 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(count));
    if (text.size() > kLongest) throw UnusableInput(name + " is longer than any list of orders");
  }
}

/// Reads a file in the same way.
inline std::string readWholeFile(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw UnusableInput(path + " cannot be read: " + std::generic_category().message(errno));
  try {
    std::string text = readWhole(descriptor, path);
    ::close(descriptor);
    return text;
  } catch (...) {
    ::close(descriptor);
    throw;
  }
}

/// Parses an order: ACCOUNT_ID ORDER_ID, or only ORDER_ID when the account is given.
inline alpaca::broker::OrderRef orderFrom(const std::string& line,
                                          const std::optional<alpaca::broker::AccountId>& account) {
  using alpaca::broker::AccountId;
  using alpaca::broker::OrderId;
  std::istringstream words(line);
  std::string first;
  std::string second;
  std::string more;
  words >> first >> second >> more;
  if (!more.empty() || second.empty() != account.has_value()) {
    throw std::invalid_argument(account ? "an order's id is wanted" : "an account's id and an order's id are wanted");
  }
  if (account) return {*account, OrderId::parse(first).value()};
  return {AccountId::parse(first).value(), OrderId::parse(second).value()};
}

/// The orders of a list, one on each line. Empty lines and lines that begin with # are skipped.
/// @throws UnusableInput for a line that is not an order, and for a list without orders. Such a list means that its
/// producer failed; "all were canceled" would hide that.
inline std::vector<alpaca::broker::OrderRef> ordersFrom(const std::string& text,
                                                        const std::optional<alpaca::broker::AccountId>& account) {
  std::vector<alpaca::broker::OrderRef> orders;
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos || line[begin] == '#') continue;
    try {
      orders.push_back(orderFrom(line, account));
    } catch (const std::invalid_argument& failure) {
      throw UnusableInput("line " + std::to_string(number) + ": " + failure.what());
    } catch (const alpaca::broker::BrokerError& failure) {
      throw UnusableInput("line " + std::to_string(number) + ": " + failure.what());
    }
  }
  if (orders.empty()) throw UnusableInput("the list has no order");
  return orders;
}
