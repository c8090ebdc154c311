#pragma once

/// Everything that differs between operating systems. The headers name what the library needs to know, and one folder
/// for each family of systems implements them. This is the lowest layer. See docs/porting.md.
namespace alpaca::broker::platform {

/// Identifies this process. In a child made by fork(), the number is different. Makes no system call.
long processId() noexcept;

}  // namespace alpaca::broker::platform
