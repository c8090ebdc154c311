#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <iostream>
#include <string>

/// What every program does first and last: whatever its shell did with its streams, orders are dealt with, and nothing
/// that was found out is lost without saying so.

/// Exit status of a program that did all it was to do (else its own status stands), but could not write its report to
/// the standard output. The report is on the error stream then.
constexpr int kOutputFailed = 6;

/// Puts /dev/null where a standard descriptor is closed. Else the next socket gets its number, and what is printed goes
/// to the broker. Each is opened the wrong way round, so that using it fails as before instead of looking fine.
inline void openStandardDescriptors() noexcept {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // gets the lowest free number: this one
  }
}

/// The first line of `main`. Output that nobody takes must not end a program that has orders to see to: writing fails
/// instead, which `finish` notices.
inline void beginProgram() noexcept {
  openStandardDescriptors();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // the file's size limit
}

/// The last line of `main`: prints the report and gives the exit status. A report that the standard output does not
/// take goes to the error stream; a status of 0 then becomes `kOutputFailed`, any other says something about orders and
/// stays.
inline int finish(int status, const std::string& report = {}) {
  std::cout << report << std::flush;
  if (std::cout) return status;
  std::cerr.clear();
  std::cerr << report << "the standard output cannot be written\n";
  return status == 0 ? kOutputFailed : status;
}
