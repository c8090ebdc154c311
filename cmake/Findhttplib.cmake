# Finds cpp-httplib as httplib::httplib, built with OpenSSL: its own CMake package, or pkg-config, which is all that some
# distributions ship (Debian among them).
find_package(httplib CONFIG QUIET COMPONENTS OpenSSL)
if(httplib_FOUND)
  return()
endif()

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(httplib QUIET IMPORTED_TARGET GLOBAL cpp-httplib)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(httplib REQUIRED_VARS httplib_LINK_LIBRARIES VERSION_VAR httplib_VERSION)
if(httplib_FOUND AND NOT TARGET httplib::httplib)
  # A target of its own, not an alias: an alias would be written out as what it stands for when a library that uses it is
  # exported, and that name says nothing to others.
  add_library(httplib::httplib INTERFACE IMPORTED GLOBAL)
  target_link_libraries(httplib::httplib INTERFACE PkgConfig::httplib)
endif()
