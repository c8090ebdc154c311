#pragma once

#include "support/scoped_environment.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace alpaca::broker::test {

/// Points HOME to an empty folder, and restores it at the end.
class TemporaryHome {
 public:
  TemporaryHome() : home_("HOME", path_.c_str()) {}
  ~TemporaryHome() { std::filesystem::remove_all(path_); }
  TemporaryHome(const TemporaryHome&) = delete;
  TemporaryHome& operator=(const TemporaryHome&) = delete;

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(std::filesystem::path(path_) / name) << content;
  }

 private:
  static std::string makeFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "broker-home-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder");
    return path;
  }

  std::string path_ = makeFolder();
  ScopedEnvironment home_;
};

}  // namespace alpaca::broker::test
