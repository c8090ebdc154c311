# Finds cpp-httplib, built with OpenSSL, as httplib::httplib: by its CMake package or by pkg-config. Some distributions,
# Debian among them, ship only the pkg-config file.
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
  # A separate target instead of an alias. An export writes out the target behind an alias, and other projects do not
  # know that target.
  add_library(httplib::httplib INTERFACE IMPORTED GLOBAL)
  target_link_libraries(httplib::httplib INTERFACE PkgConfig::httplib)
endif()
