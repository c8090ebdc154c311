#include "platform/private_file.hpp"

#include <windows.h>

#include <array>

namespace alpaca::broker::platform {

// The folder belongs to the user, and what is made in it inherits who may do what. In the code page of the process, as
// std::ofstream takes the path.
std::string makePrivateFile() {
  std::array<char, MAX_PATH + 1> folder{};
  const DWORD length = ::GetTempPathA(static_cast<DWORD>(folder.size()), folder.data());
  if (length == 0 || length >= folder.size()) return {};
  std::array<char, MAX_PATH + 1> path{};
  constexpr UINT kAnyThatIsFree = 0;  // and the file is made, so that nobody else takes the name
  if (::GetTempFileNameA(folder.data(), "alp", kAnyThatIsFree, path.data()) == 0) return {};
  return path.data();
}

}  // namespace alpaca::broker::platform
