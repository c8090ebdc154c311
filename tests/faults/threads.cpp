#include "faults/threads.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

namespace alpaca::broker::test {

int threadNumber() noexcept { return static_cast<int>(::syscall(SYS_gettid)); }

bool isWaiting(int threadNumber) {
  std::ifstream file("/proc/self/task/" + std::to_string(threadNumber) + "/stat");
  std::string line;
  std::getline(file, line);
  const auto name = line.rfind(") ");  // the state follows the thread's name
  return name != std::string::npos && line.size() > name + 2 && line[name + 2] == 'S';
}

bool othersAreWaiting() {
  const auto tasks = std::filesystem::directory_iterator("/proc/self/task");
  return std::all_of(begin(tasks), end(tasks), [own = threadNumber()](const auto& task) {
    const int number = std::stoi(task.path().filename().string());
    return number == own || isWaiting(number);
  });
}

}  // namespace alpaca::broker::test
