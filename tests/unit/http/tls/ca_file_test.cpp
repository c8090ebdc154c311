#include "http/tls/ca_file.hpp"

#include "support/row_name.hpp"
#include "testing/temporary_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

#ifndef _WIN32
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace alpaca::broker::http {
namespace {

using testing::TemporaryFile;

TEST(CaFile, IsReadWhole) {
  const std::string text = std::string(kMaxCaFileBytes - 1, 'a') + '\0';
  const TemporaryFile file(text);
  const CaFile read = readCaFile(file.path());
  EXPECT_EQ(read.fault, "");
  EXPECT_EQ(read.text, text);
}

TEST(CaFile, OfMoreThan2MiBIsRefused) {
  const TemporaryFile file(std::string(kMaxCaFileBytes + 1, 'a'));
  EXPECT_EQ(readCaFile(file.path()).fault, "is larger than 2 MiB");
}

TEST(CaFile, ThatIsNotThereCannotBeRead) { EXPECT_EQ(readCaFile("/nowhere/at/all").fault, "cannot be read"); }

#ifndef _WIN32
struct PlaceRow {
  std::string name;
  std::function<void(const std::string& path)> make;
};

std::ostream& operator<<(std::ostream& out, const PlaceRow& row) { return out << row.name; }

class CaFileThat : public ::testing::TestWithParam<PlaceRow> {};

// A pipe without a writer, or a terminal, would block the reader forever.
TEST_P(CaFileThat, IsNoRegularFileIsRefusedAtOnce) {
  const TemporaryFile file("");
  std::filesystem::remove(file.path());
  GetParam().make(file.path());
  EXPECT_EQ(readCaFile(file.path()).fault, "is not a regular file");
}

INSTANTIATE_TEST_SUITE_P(
    Being, CaFileThat,
    ::testing::Values(
        PlaceRow{"APipe", [](const auto& path) { ASSERT_EQ(::mkfifo(path.c_str(), S_IRWXU), 0); }},
        PlaceRow{"ALinkToAPipe",
                 [](const auto& path) {
                   ASSERT_EQ(::mkfifo((path + ".pipe").c_str(), S_IRWXU), 0);
                   std::filesystem::create_symlink(path + ".pipe", path);
                 }},
        PlaceRow{"AFolder", [](const auto& path) { std::filesystem::create_directory(path); }},
        PlaceRow{"AnEndlessDevice", [](const auto& path) { std::filesystem::create_symlink("/dev/zero", path); }},
        PlaceRow{"ATerminal", [](const auto& path) { std::filesystem::create_symlink("/dev/ptmx", path); }}),
    test::kByName);
#endif

}  // namespace
}  // namespace alpaca::broker::http
