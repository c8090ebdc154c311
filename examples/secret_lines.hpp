#pragma once

#include <alpaca/broker.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

/// Credentials as two lines: the key and the secret. They come from a place that other users of the machine cannot see,
/// unlike arguments and the environment. No exception text contains any part of them.

/// Text that is wiped as soon as it is no longer needed.
class SecretText {
 public:
  SecretText() = default;
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText() {
    volatile char* const bytes = bytes_.data();  // volatile, so that the compiler does not remove the wiping
    for (std::size_t i = 0; i < bytes_.size(); ++i) bytes[i] = '\0';
  }

  /// Reads to the end, within a small limit.
  void readFrom(int descriptor) {
    for (;;) {
      const ssize_t count = ::read(descriptor, bytes_.data() + size_, bytes_.size() - size_);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) throw std::runtime_error("the credentials cannot be read");
      if (count == 0) return;
      size_ += static_cast<std::size_t>(count);
      if (size_ == bytes_.size()) throw std::runtime_error("what should be credentials is longer than any are");
    }
  }

  [[nodiscard]] std::string_view text() const noexcept { return {bytes_.data(), size_}; }

 private:
  std::array<char, 4096> bytes_{};
  std::size_t size_ = 0;
};

/// A file that stays open for the lifetime of this object.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) throw std::runtime_error("the file of the credentials cannot be read");
  }
  ~OpenFile() { ::close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
  const int descriptor_;
};

/// Reads the credentials from an inherited descriptor. A pipe can be read only once.
inline alpaca::broker::Credentials credentialsFrom(int descriptor) {
  SecretText secret;
  secret.readFrom(descriptor);
  const std::string_view text = secret.text();
  const auto end = text.find('\n');
  if (end == std::string_view::npos || end + 1 == text.size()) {
    throw std::runtime_error("what should be credentials is not a line with the key and a line with the secret");
  }
  const std::string_view rest = text.substr(end + 1);
  return {std::string(text.substr(0, end)), std::string(rest.substr(0, rest.find('\n')))};
}

/// Reads the credentials from a file, as secret managers mount them. Each call reads the current contents.
inline alpaca::broker::Credentials credentialsIn(const std::string& path) {
  return credentialsFrom(OpenFile(path).descriptor());
}
