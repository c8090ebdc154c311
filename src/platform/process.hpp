#pragma once

/// What differs from one operating system to another, all of it, below everything else: headers that name what the
/// library needs to know, and one folder of answers for each family of systems. See docs/porting.md.
namespace alpaca::broker::platform {

/// Identifies this process; differs in a child made by fork(), where there are such children. No system call.
long processId() noexcept;

}  // namespace alpaca::broker::platform
