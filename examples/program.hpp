#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <iostream>
#include <string>

/// The first and last steps of every program. Orders are handled whatever the shell did with the standard streams, and
/// no result is lost silently.

/// The exit status of a program that did its work but could not write its report to the standard output. If the work
/// failed, its own status remains. The report is on the error stream then.
constexpr int kOutputFailed = 6;

/// Opens /dev/null for each closed standard descriptor. Otherwise the next socket would get its number, and printed
/// text would go to the broker. The open mode is the wrong one, so that using the stream still fails.
inline void openStandardDescriptors() noexcept {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);  // gets the lowest free number: this one
  }
}

/// The first line of `main`. A program with orders to handle must not end because its output fails: writing fails
/// instead, and `finish` reports that.
inline void beginProgram() noexcept {
  openStandardDescriptors();
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // sent at the limit of a file's size
  for (const int signal : {SIGUSR1, SIGUSR2}) std::signal(signal, SIG_IGN);
}

/// Says why Ctrl-C will not be answered with a report. The program continues, because the orders matter more.
inline void warnOfInterrupts() { std::cerr << "Ctrl-C will end this without a report, as no thread can be started\n"; }

/// The last line of `main`: prints the report and returns the exit status. If the standard output fails, the report
/// goes to the error stream and a status of 0 becomes `kOutputFailed`. Any other status is about orders and stays.
inline int finish(int status, const std::string& report = {}) {
  std::cout << report << std::flush;
  if (std::cout) return status;
  std::cerr.clear();
  std::cerr << report << "the standard output cannot be written\n";
  return status == 0 ? kOutputFailed : status;
}
