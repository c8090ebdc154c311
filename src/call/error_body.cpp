#include "call/error_body.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <utility>

namespace alpaca::broker::call {
namespace {

using nlohmann::json;

std::optional<std::int64_t> integerIn(std::string_view text) noexcept {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> integerIn(double number) noexcept {
  constexpr double kBound = 9'007'199'254'740'992.0;  // 2^53: beyond it, a double cannot hold every integer
  if (!(std::abs(number) < kBound) || std::trunc(number) != number) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

// Handles parser events instead of building a tree, so nothing recurses, copies or is destroyed.
class Reader : public nlohmann::json_sax<json> {
 public:
  ErrorBody take() { return std::move(body_); }

  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t value) override {
    if (isCode()) body_.code = value;
    return true;
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (isCode() && value <= static_cast<number_unsigned_t>(INT64_MAX)) body_.code = static_cast<std::int64_t>(value);
    return true;
  }
  bool number_float(number_float_t value, const string_t& /*text*/) override {
    if (isCode()) body_.code = integerIn(value);
    return true;
  }
  bool string(string_t& value) override {
    if (isCode()) body_.code = integerIn(std::string_view(value));
    if (depth_ == 0 || isField("message")) body_.message = std::move(value);
    return true;
  }
  bool binary(binary_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*size*/) override { return enter(); }
  bool start_array(std::size_t /*size*/) override { return enter(); }
  bool key(string_t& name) override {
    if (depth_ == 1) field_ = std::move(name);
    return true;
  }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/, const json::exception& /*error*/) override {
    return false;
  }

 private:
  // A top-level array has no fields, so there the name stays empty.
  [[nodiscard]] bool isField(std::string_view name) const { return depth_ == 1 && field_ == name; }
  [[nodiscard]] bool isCode() const { return isField("code"); }
  bool enter() {
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }

  ErrorBody body_;
  std::string field_;
  std::size_t depth_ = 0;
};

}  // namespace

ErrorBody readErrorBody(std::string_view body) {
  Reader reader;
  // A truncated body may lack the important half, so an unreadable body counts for nothing.
  if (!json::sax_parse(body.begin(), body.end(), &reader)) return {};
  return reader.take();
}

}  // namespace alpaca::broker::call
