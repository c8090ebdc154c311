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
