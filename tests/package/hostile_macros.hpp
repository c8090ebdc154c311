#pragma once

// The macros of <X11/Xlib.h>, <X11/X.h> and <windows.h>, for a program that includes them before our headers. The
// standard library comes first, because its own headers tolerate such macros.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
#if __has_include(<coroutine>) && __cplusplus >= 202002L
#include <coroutine>
#endif

// X11/Xlib.h and X11/X.h
#define Bool int
#define Status int
#define True 1
#define False 0
#define None 0L
#define Success 0
#define BadRequest 1
#define BadValue 2
#define BadWindow 3
#define BadAccess 10
#define Always 2
#define Above 0
#define Below 1
#define Complex 0
#define Convex 2
#define Expose 12
#define KeyPress 2
#define KeyRelease 3
#define FocusIn 9
#define FocusOut 10
#define NotUseful 0
#define Unsorted 0
#define GrayScale 1
#define Opposite 4

// windows.h
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define ERROR 0
#define NO_ERROR 0L
#define DELETE (0x00010000L)
#define IN
#define OUT
#define OPTIONAL
#define CONST const
#define VOID void
#define TRUE 1
#define FALSE 0
#define STRICT 1
#define IGNORE 0
#define INFINITE 0xFFFFFFFF
#define near
#define far
#define small char
#define interface struct
#define Yield()
#define GetMessage GetMessageA
#define GetObject GetObjectA
#define SendMessage SendMessageA
#define CreateEvent CreateEventA

// sys/sysmacros.h, and what Qt and glib add
#define major(dev) (dev)
#define minor(dev) (dev)
#define signals public
#define slots
#define emit
