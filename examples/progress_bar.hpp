#pragma once

#include <unistd.h>

#include <cstddef>
#include <iostream>
#include <string>

/// A progress bar on the terminal, redrawn in place. Draws nothing when the error stream is not a terminal.
class ProgressBar {
 public:
  explicit ProgressBar(std::string what) : what_(std::move(what)), isShown_(::isatty(STDERR_FILENO) == 1) {}
  ~ProgressBar() {
    if (isShown_) std::cerr << '\n';
  }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::size_t done, std::size_t total) const {
    if (!isShown_ || total == 0) return;
    constexpr std::size_t kWidth = 40;
    const std::size_t filled = kWidth * done / total;
    std::cerr << "\r  " << what_ << " [" << std::string(filled, '#') << std::string(kWidth - filled, '.') << "] "
              << done << '/' << total << std::flush;
  }

 private:
  const std::string what_;
  const bool isShown_;
};
