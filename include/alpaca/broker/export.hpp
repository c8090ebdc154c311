#pragma once

/// Marks what a shared build exports; everything else stays hidden.
/// The build defines `ALPACA_BROKER_SHARED` for its own sources and for everyone who links the shared library.

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

/// Marks an accessor whose reference lives only as long as its object: clang warns where such a reference outlives a
/// temporary. Empty for other compilers.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::lifetimebound)
#define ALPACA_BROKER_LIFETIMEBOUND [[clang::lifetimebound]]
#endif
#endif
#ifndef ALPACA_BROKER_LIFETIMEBOUND
#define ALPACA_BROKER_LIFETIMEBOUND
#endif
