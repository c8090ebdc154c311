#pragma once

#define NLOHMANN_JSON_VERSION_MAJOR 1
#define NLOHMANN_JSON_VERSION_MINOR 0
#define NLOHMANN_JSON_VERSION_PATCH 0

#include <string>
#include <utility>

// Stands in for another version of nlohmann/json, entirely unlike the real one: no template, and another layout.
namespace nlohmann {

class json {
 public:
  static json parse(std::string text) { return json{std::move(text)}; }
  [[nodiscard]] const std::string& dump() const { return text_; }
  [[nodiscard]] std::string type_name() const { return name_; }

 private:
  explicit json(std::string text) : text_(std::move(text)) {}

  std::string name_ = "the program's own";
  double ballast_[8] = {};
  std::string text_;
};

}  // namespace nlohmann
