#include "core/json_document.hpp"

#include <nlohmann/json.hpp>

#include <utility>
#include <vector>

namespace alpaca::broker::core {
namespace {

using nlohmann::json;

// The parser hands the digits on with the decimal point of the process's locale in them.
std::string withPoint(std::string number) {
  constexpr std::string_view kOthers = "0123456789+-eE";
  for (char& c : number) {
    if (kOthers.find(c) == std::string_view::npos) c = '.';
  }
  return number;
}

// An open container stays where it is while it is open: only the innermost one grows.
class Builder : public nlohmann::json_sax<json> {
 public:
  std::optional<json> take() { return std::move(root_); }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }
  bool number_float(number_float_t /*value*/, const string_t& text) override { return add(withPoint(text)); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/, const json::exception& /*error*/) override {
    return false;
  }

 private:
  bool add(json value) { return place(std::move(value)) != nullptr; }

  json* place(json value) {
    if (++values_ > kMostValues) return nullptr;
    if (open_.empty()) return &root_.emplace(std::move(value));
    json& parent = *open_.back();
    if (parent.is_object()) return &(parent[key_] = std::move(value));
    parent.push_back(std::move(value));
    return &parent.back();
  }

  bool open(json container) {
    if (open_.size() == kDeepestNesting) return false;
    json* const placed = place(std::move(container));
    if (placed != nullptr) open_.push_back(placed);
    return placed != nullptr;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  std::optional<json> root_;
  std::vector<json*> open_;
  std::string key_;
  std::size_t values_ = 0;
};

}  // namespace

std::optional<json> parseJson(std::string_view body) {
  // The parser takes a bare NUL for the end of the text, and whatever comes after it for nothing.
  if (body.find('\0') != std::string_view::npos) return std::nullopt;
  Builder builder;
  if (!json::sax_parse(body.begin(), body.end(), &builder)) return std::nullopt;
  return builder.take();
}

const std::string* findText(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

}  // namespace alpaca::broker::core
