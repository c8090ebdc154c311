#include "platform/file.hpp"

#include "platform/private_file.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

namespace alpaca::broker::platform {
namespace {

class FileStampTest : public ::testing::Test {
 protected:
  FileStampTest() { write(path, "one"); }
  ~FileStampTest() override { std::filesystem::remove(path); }

  static void write(const std::string& to, const char* content) { std::ofstream(to, std::ios::binary) << content; }

  const std::string path = makePrivateFile();
};

TEST_F(FileStampTest, StaysTheSameWhileNothingHappensToTheFile) {
  ASSERT_TRUE(fileStamp(path));
  EXPECT_EQ(fileStamp(path), fileStamp(path));
}

TEST_F(FileStampTest, DiffersWhenThereIsMoreInTheFile) {
  const auto before = fileStamp(path);
  write(path, "three");
  EXPECT_FALSE(fileStamp(path) == before);
}

TEST_F(FileStampTest, DiffersWhenTheSameSizeWasWrittenLater) {
  const auto before = fileStamp(path);
  write(path, "two");
  std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) + std::chrono::milliseconds(1));
  EXPECT_FALSE(fileStamp(path) == before);
}

TEST_F(FileStampTest, DiffersWhenAnotherFileTakesThePlaceUnderTheSameTime) {
  const auto before = fileStamp(path);
  const std::string other = makePrivateFile();
  write(other, "two");
  std::filesystem::last_write_time(other, std::filesystem::last_write_time(path));
  std::filesystem::rename(other, path);
  EXPECT_FALSE(fileStamp(path) == before);
}

TEST_F(FileStampTest, IsThatOfAFolderToo) {
  const auto folder = fileStamp(std::filesystem::path(path).parent_path().string());
  ASSERT_TRUE(folder);
  EXPECT_FALSE(folder == fileStamp(path));
}

TEST_F(FileStampTest, IsNoneWhereThereIsNothing) {
  EXPECT_FALSE(fileStamp(path + ".not"));
  EXPECT_FALSE(fileStamp(""));
}

}  // namespace
}  // namespace alpaca::broker::platform
