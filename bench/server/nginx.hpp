#pragma once

#include "clients/client.hpp"
#include "nginx/nginx_parts.hpp"
#include "nginx/process_group.hpp"

#include <array>
#include <memory>
#include <string>

namespace alpaca::broker::bench {

/// Orders whose id begins so are refused with 422, all others canceled with 204.
inline constexpr const char* kRefusedPrefix = "42200000";

/// An nginx in processes of its own that answers like the broker, over TLS 1.3. Three ports differ in how long a
/// connection lives.
class Nginx {
 public:
  Nginx();

  [[nodiscard]] int keepAlivePort() const noexcept { return ports_[0]; }  ///< connections live for ever
  [[nodiscard]] int shortIdlePort() const noexcept { return ports_[1]; }  ///< closes what was idle for two seconds
  [[nodiscard]] int closingPort() const noexcept { return ports_[2]; }    ///< closes after each answer

  /// The site at that port, or at one that leads to it.
  [[nodiscard]] Site site(int port) const;

  /// "nginx/1.22.1"
  static std::string version();

 private:
  void writeFiles() const;
  bool tryStart();

  test::NginxFolder folder_;  // before the processes: they must not outlive it
  std::array<int, 3> ports_{};
  std::unique_ptr<test::ProcessGroup> processes_;
};

}  // namespace alpaca::broker::bench
