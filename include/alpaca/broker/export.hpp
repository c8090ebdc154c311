#pragma once

/// Marks the names that a shared library exports; all others stay hidden.
/// The build defines `ALPACA_BROKER_SHARED` for its own sources and for all users of the shared library.

#if defined(_WIN32) && defined(ALPACA_BROKER_SHARED)
#if defined(ALPACA_BROKER_BUILDING)
#define ALPACA_BROKER_EXPORT __declspec(dllexport)
#else
#define ALPACA_BROKER_EXPORT __declspec(dllimport)
#endif
#elif defined(_WIN32)
#define ALPACA_BROKER_EXPORT
#else
#define ALPACA_BROKER_EXPORT __attribute__((visibility("default")))
#endif

/// Marks an accessor whose reference is valid only as long as its object. Clang warns when the reference outlives a
/// temporary object. Empty for other compilers.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::lifetimebound)
#define ALPACA_BROKER_LIFETIMEBOUND [[clang::lifetimebound]]
#endif
#endif
#ifndef ALPACA_BROKER_LIFETIMEBOUND
#define ALPACA_BROKER_LIFETIMEBOUND
#endif
