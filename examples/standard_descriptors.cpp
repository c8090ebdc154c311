// Linked into a program that must stay as short as the README shows it: see openStandardDescriptors().
#include "program.hpp"

namespace {

const bool kAreOpen = (openStandardDescriptors(), true);

}  // namespace
