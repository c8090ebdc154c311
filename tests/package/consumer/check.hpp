#pragma once

#include <cstdlib>
#include <iostream>

/// Ends the program as failed when something is not as expected.
inline void check(bool asExpected, const char* what) {
  if (asExpected) return;
  std::cerr << "not so: " << what << '\n';
  std::exit(1);
}
