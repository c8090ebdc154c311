#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace alpaca::broker::test {

/// A program together with all processes that it starts. They end with this object, and also when this process dies
/// without destroying it.
class ProcessGroup {
 public:
  /// Starts the program at `command[0]`, without input and output.
  explicit ProcessGroup(const std::vector<std::string>& command);

  /// Kills all processes that still run.
  ~ProcessGroup();

  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;

  [[nodiscard]] pid_t leader() const noexcept { return leader_; }

  /// Signals only the program itself.
  void signal(int number) const;

  /// Signals one process, if it belongs to the group.
  void signal(pid_t member, int number) const;

  /// Signals the whole group.
  void signalAll(int number) const;

  /// True when no process of the group is left, not even a zombie.
  [[nodiscard]] bool isGone() const;

 private:
  void startGuardian();

  pid_t leader_ = -1;
  pid_t guardian_ = -1;
  int lifeline_ = -1;  // the system closes it when this process dies, which wakes the guardian
};

}  // namespace alpaca::broker::test
