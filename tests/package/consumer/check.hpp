#pragma once

#include <cstdlib>
#include <iostream>

/// Ends the program with a failure when the condition is false.
inline void check(bool asExpected, const char* what) {
  if (asExpected) return;
  std::cerr << "not so: " << what << '\n';
  std::exit(1);
}
