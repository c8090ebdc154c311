# Reads the version from the only place that states it: the header that programs and the User-Agent use. It sets:
#   BROKER_VERSION     1.2.3
#   BROKER_SOVERSION   the end of the shared library's name; changes with every change of the binary interface
#   BROKER_ABI         the inline namespace around everything public
set(header ${CMAKE_CURRENT_LIST_DIR}/../include/alpaca/broker/version.hpp)
file(STRINGS ${header} version REGEX "kVersion = \"[0-9.]+\"")
string(REGEX REPLACE ".*\"([0-9]+)[.]([0-9]+)[.]([0-9]+)\".*" "\\1;\\2;\\3" version "${version}")
list(JOIN version "." BROKER_VERSION)
list(POP_FRONT version major minor patch)

# Any minor version may change the binary interface.
set(BROKER_SOVERSION ${major}.${minor})
string(REPLACE "." "_" BROKER_ABI v${BROKER_SOVERSION})

# The header states them again as literals, for the preprocessor.
math(EXPR number "10000 * ${major} + 100 * ${minor} + ${patch}")
foreach(line IN ITEMS "#define ALPACA_BROKER_ABI ${BROKER_ABI}" "#define ALPACA_BROKER_ABI ${BROKER_ABI}_debug"
    "#define ALPACA_BROKER_VERSION ${number}")
  file(STRINGS ${header} found REGEX "^${line}$")
  if(NOT found)
    message(FATAL_ERROR "version.hpp says ${BROKER_VERSION}, so it must have the line: ${line}")
  endif()
endforeach()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
