#include "base/json_document.hpp"

#include <nlohmann/json.hpp>

#include <utility>
#include <vector>

namespace alpaca::broker::base {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kLookAtTheClock = 4'096;  // values between two looks at the clock; they take a few milliseconds

// The parser passes numbers on with the decimal point of the process's locale. This restores the '.'.
std::string withPoint(std::string number) {
  constexpr std::string_view kOthers = "0123456789+-eE";
  for (char& c : number) {
    if (kOthers.find(c) == std::string_view::npos) c = '.';
  }
  return number;
}

// Empties the tree from the leaves up. The destructor of a container that is not empty would allocate memory.
void clear(json& value) noexcept {
  if (auto* const elements = value.get_ptr<json::array_t*>()) {
    for (json& element : *elements) clear(element);
    elements->clear();
  } else if (auto* const fields = value.get_ptr<json::object_t*>()) {
    for (auto& [name, field] : *fields) clear(field);
    fields->clear();
  }
}

// Builds the tree from the parser's events. Pointers to open containers stay valid, as only the innermost one grows.
class Builder : public nlohmann::json_sax<json> {
 public:
  explicit Builder(Clock::time_point readBy) : readBy_(readBy) {}

  JsonDocument take() noexcept { return std::move(root_); }

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
    // guard: an answer is not read beyond the deadline
    if (++values_ > kMaxValues || isLate()) return nullptr;
    if (open_.empty()) {
      root_.reset(new json(std::move(value)));
      return root_.get();
    }
    json& parent = *open_.back();
    if (parent.is_object()) {
      json& field = parent[key_];
      clear(field);  // when a field occurs twice, the last one counts
      field = std::move(value);
      return &field;
    }
    parent.push_back(std::move(value));
    return &parent.back();
  }

  bool open(json container) {
    if (open_.size() == kMaxNesting) return false;
    json* const placed = place(std::move(container));
    if (placed != nullptr) open_.push_back(placed);
    return placed != nullptr;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  [[nodiscard]] bool isLate() const { return values_ % kLookAtTheClock == 0 && Clock::now() >= readBy_; }

  const Clock::time_point readBy_;
  JsonDocument root_;
  std::vector<json*> open_;
  std::string key_;
  std::size_t values_ = 0;
};

}  // namespace

void FreeJson::operator()(json* root) const noexcept {
  // guard: freeing a JSON tree needs no memory
  clear(*root);
  delete root;
}

JsonDocument parseJson(std::string_view body, Clock::time_point readBy) {
  // The parser takes a bare NUL for the end of the text and ignores everything after it.
  if (body.find('\0') != std::string_view::npos) return {};
  Builder builder(readBy);
  if (!json::sax_parse(body.begin(), body.end(), &builder)) return {};
  return builder.take();
}

const std::string* findText(const json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

}  // namespace alpaca::broker::base
