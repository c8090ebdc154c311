#pragma once

/// The interrupts of a program: Ctrl-C, a request to end it, a closed terminal.
namespace alpaca::broker::platform {

/// Calls `onInterrupt(context)` once, at the first interrupt, on a thread where it may take locks. Another interrupt, a
/// second later or more, ends the process as if nobody watched. A closed terminal never does that: it may be announced
/// several times.
/// @return false when the interrupts cannot be watched; then nothing was changed
bool watchInterrupts(void (*onInterrupt)(void*), void* context);

/// Ends the watch, and gives every interrupt the effect that it had before. `onInterrupt` is not called afterwards.
void endInterruptWatch();

/// True when this process watches its interrupts. A child made by fork() does not, whatever its parent does.
bool areInterruptsWatched() noexcept;

}  // namespace alpaca::broker::platform
