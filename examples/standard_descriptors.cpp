// Linked into programs that must stay as short as the documents show them: see openStandardDescriptors().
#include "program.hpp"

namespace {

const bool kAreOpen = (openStandardDescriptors(), true);

}  // namespace
