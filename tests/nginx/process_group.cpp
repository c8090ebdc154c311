#include "nginx/process_group.hpp"

#include "support/eventually.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>

namespace alpaca::broker::test {
namespace {

constexpr int kFirstInherited = 3;
constexpr int kDescriptors = 1024;

// The code below runs between fork() and exec(), where other threads' locks may stay held forever: system calls only.

// A copy of a client's socket would keep the connection open after the client closed it.
void closeAllBut(int kept) noexcept {
  for (int descriptor = kFirstInherited; descriptor < kDescriptors; ++descriptor) {
    if (descriptor != kept) ::close(descriptor);
  }
}

[[noreturn]] void become(char* const* arguments) noexcept {
  ::setpgid(0, 0);
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (int descriptor = 0; descriptor < kFirstInherited; ++descriptor) ::dup2(nowhere, descriptor);
  closeAllBut(-1);
  ::execv(arguments[0], arguments);
  ::_exit(127);
}

[[noreturn]] void guard(pid_t group, int lifeline) noexcept {
  ::setpgid(0, 0);  // keeps a terminal's Ctrl-C away
  closeAllBut(lifeline);
  char byte = 0;
  while (::read(lifeline, &byte, 1) < 0 && errno == EINTR) {
  }
  ::kill(-group, SIGKILL);
  ::_exit(0);
}

pid_t forked() {
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process could be started");
  return child;
}

}  // namespace

ProcessGroup::ProcessGroup(const std::vector<std::string>& command) {
  // Adopts processes whose parent died, so that their end is noticed.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  leader_ = forked();
  if (leader_ == 0) become(arguments.data());
  ::setpgid(leader_, leader_);  // also here: either process may be first
  startGuardian();
}

void ProcessGroup::startGuardian() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe could be made");
  guardian_ = forked();
  if (guardian_ == 0) guard(leader_, ends[0]);
  ::close(ends[0]);
  lifeline_ = ends[1];
}

ProcessGroup::~ProcessGroup() {
  // Killed first, so that it cannot signal another group that got the same number later.
  ::kill(guardian_, SIGKILL);
  ::waitpid(guardian_, nullptr, 0);
  ::close(lifeline_);
  if (!isGone()) signalAll(SIGKILL);
  eventually([&] { return isGone(); });
}

void ProcessGroup::signal(int number) const { signal(leader_, number); }

void ProcessGroup::signal(pid_t member, int number) const {
  if (::getpgid(member) == leader_) ::kill(member, number);
}

void ProcessGroup::signalAll(int number) const { ::kill(-leader_, number); }

bool ProcessGroup::isGone() const {
  while (::waitpid(-leader_, nullptr, WNOHANG) > 0) {
  }
  return ::kill(-leader_, 0) != 0 && errno == ESRCH;
}

}  // namespace alpaca::broker::test
