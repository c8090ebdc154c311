// Runs a target over the files of a folder, with any compiler. libFuzzer's main does the same with -runs=0.
#include "fuzz/fuzz_target.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>

namespace {

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: " << argv[0] << " FOLDER\n";
    return 2;
  }
  const std::filesystem::directory_iterator folder(argv[1]);
  const std::set<std::filesystem::path> seeds(begin(folder), end(folder));
  for (const auto& seed : seeds) {
    std::cout << seed.filename().string() << std::endl;  // flushed, because the next line may be the last
    const std::string input = contentOf(seed);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }
  return seeds.empty() ? 1 : 0;
}
