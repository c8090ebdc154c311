# Sets BROKER_COROUTINES: whether this compiler supports C++20 coroutines.
include(CheckCXXSourceCompiles)

set(CMAKE_REQUIRED_FLAGS "${CMAKE_CXX20_STANDARD_COMPILE_OPTION}")
check_cxx_source_compiles("
  #include <coroutine>
  #if !defined(__cpp_impl_coroutine)
  #error
  #endif
  struct Routine {
    struct promise_type {
      Routine get_return_object() { return {}; }
      std::suspend_never initial_suspend() noexcept { return {}; }
      std::suspend_never final_suspend() noexcept { return {}; }
      void return_void() {}
      void unhandled_exception() {}
    };
  };
  Routine run() { co_await std::suspend_never{}; }
  int main() { run(); }" BROKER_COROUTINES)
unset(CMAKE_REQUIRED_FLAGS)
