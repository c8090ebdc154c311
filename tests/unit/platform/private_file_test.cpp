#include "platform/private_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace alpaca::broker::platform {
namespace {

namespace fs = std::filesystem;

TEST(PrivateFile, HasANameOfItsOwnAndNothingInIt) {
  const fs::path one = makePrivateFile();
  const fs::path other = makePrivateFile();
  EXPECT_NE(one, other);
  for (const fs::path& path : {one, other}) {
    EXPECT_TRUE(fs::is_regular_file(path)) << path;
    EXPECT_EQ(fs::file_size(path), 0U) << path;
    EXPECT_EQ(path.parent_path() / "", fs::temp_directory_path() / "");
    fs::remove(path);
  }
}

#ifndef _WIN32  // on Windows, the folder sets the permissions
TEST(PrivateFile, IsForItsOwnerAlone) {
  const fs::path path = makePrivateFile();
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  fs::remove(path);
}
#endif

}  // namespace
}  // namespace alpaca::broker::platform
