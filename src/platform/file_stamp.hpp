#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace alpaca::broker::platform {

/// Identifies a file and its last change: device, number of the file, size, seconds and nanoseconds. Differs when the
/// path may have other content to read.
using FileStamp = std::tuple<std::uintmax_t, std::uintmax_t, std::intmax_t, std::intmax_t, std::intmax_t>;

/// The stamp of a file or a folder. Nothing when the path does not exist, or this process may not see it.
std::optional<FileStamp> fileStamp(const std::string& path) noexcept;

}  // namespace alpaca::broker::platform
