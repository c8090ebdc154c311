#include "platform/private_file.hpp"

#include <windows.h>

#include <array>

namespace alpaca::broker::platform {

// The temporary folder belongs to the user, and the file inherits its permissions. The path is in the process's code
// page, as std::ofstream takes it.
std::string makePrivateFile() {
  std::array<char, MAX_PATH + 1> folder{};
  const DWORD length = ::GetTempPathA(static_cast<DWORD>(folder.size()), folder.data());
  if (length == 0 || length >= folder.size()) return {};
  std::array<char, MAX_PATH + 1> path{};
  constexpr UINT kAnyThatIsFree = 0;  // also creates the file, so that no other process takes the name
  if (::GetTempFileNameA(folder.data(), "alp", kAnyThatIsFree, path.data()) == 0) return {};
  return path.data();
}

}  // namespace alpaca::broker::platform
