#include "platform/file_stamp.hpp"

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
  FileStampTest() { write(path_, "one"); }
  ~FileStampTest() override { std::filesystem::remove(path_); }

  static void write(const std::string& path, const char* content) { std::ofstream(path, std::ios::binary) << content; }

  const std::string path_ = makePrivateFile();
};

TEST_F(FileStampTest, StaysTheSameWhileNothingHappensToTheFile) {
  ASSERT_TRUE(fileStamp(path_));
  EXPECT_EQ(fileStamp(path_), fileStamp(path_));
}

TEST_F(FileStampTest, DiffersWhenThereIsMoreInTheFile) {
  const auto before = fileStamp(path_);
  write(path_, "three");
  EXPECT_FALSE(fileStamp(path_) == before);
}

TEST_F(FileStampTest, DiffersWhenTheSameSizeWasWrittenLater) {
  const auto before = fileStamp(path_);
  write(path_, "two");
  std::filesystem::last_write_time(path_, std::filesystem::last_write_time(path_) + std::chrono::milliseconds(1));
  EXPECT_FALSE(fileStamp(path_) == before);
}

TEST_F(FileStampTest, DiffersWhenAnotherFileTakesThePlaceUnderTheSameTime) {
  const auto before = fileStamp(path_);
  const std::string other = makePrivateFile();
  write(other, "two");
  std::filesystem::last_write_time(other, std::filesystem::last_write_time(path_));
  std::filesystem::rename(other, path_);
  EXPECT_FALSE(fileStamp(path_) == before);
}

TEST_F(FileStampTest, IsThatOfAFolderToo) {
  const auto folder = fileStamp(std::filesystem::path(path_).parent_path().string());
  ASSERT_TRUE(folder);
  EXPECT_FALSE(folder == fileStamp(path_));
}

TEST_F(FileStampTest, IsNoneWhereThereIsNothing) {
  EXPECT_FALSE(fileStamp(path_ + ".not"));
  EXPECT_FALSE(fileStamp(""));
}

}  // namespace
}  // namespace alpaca::broker::platform
