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
  add_library(httplib::httplib ALIAS PkgConfig::httplib)
endif()
