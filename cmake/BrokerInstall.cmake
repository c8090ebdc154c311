# Two export sets, because whoever only cancels orders must not need what the mock broker is made of.
include(CMakePackageConfigHelpers)

set(packageDir ${CMAKE_INSTALL_LIBDIR}/cmake/${PROJECT_NAME})
set(pkgconfigDir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# Installs the library, what find_package needs to import it, and its pkg-config file.
function(broker_install target)
  install(TARGETS ${target} EXPORT ${target}-targets)
  install(EXPORT ${target}-targets NAMESPACE alpaca:: DESTINATION ${packageDir})
  configure_file(cmake/${target}.pc.in ${target}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${target}.pc DESTINATION ${pkgconfigDir})
endfunction()

# The .pc files say where everything is as seen from themselves: that holds for a relative and for an absolute
# CMAKE_INSTALL_LIBDIR, and after the whole installation was moved.
cmake_path(ABSOLUTE_PATH pkgconfigDir BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} NORMALIZE OUTPUT_VARIABLE pcDir)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${pcDir} OUTPUT_VARIABLE pcPrefix)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_INCLUDEDIR BASE_DIRECTORY ${pcDir} OUTPUT_VARIABLE pcInclude)

# A shared library brings along what it uses. A static one leaves linking that to its user, always, so it is not private
# to --static. libcurl is named as a library: its own .pc would with --static ask for the development files of all that
# libcurl was built with, and distributions do not install them along with it.
set(pcCflags "")
set(pcLibs "")
set(pcRequires "")
set(pcTestingRequires "")
if(BUILD_SHARED_LIBS)
  set(pcCflags " -DALPACA_BROKER_SHARED")
else()
  set(pcLibs " -lcurl -pthread")
  if(BROKER_SHARED_TLS)
    set(pcRequires "libssl, libcrypto")
  endif()
  set(pcTestingRequires ", libssl, libcrypto")
  if(ALPACA_BROKER_TESTING)
    get_target_property(httplibType httplib::httplib TYPE)
    if(TARGET PkgConfig::httplib OR NOT httplibType STREQUAL "INTERFACE_LIBRARY") # else it is headers only
      string(PREPEND pcTestingRequires ", cpp-httplib")
    endif()
  endif()
endif()

broker_install(alpaca-broker)
install(DIRECTORY include/alpaca DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} PATTERN testing EXCLUDE)

if(ALPACA_BROKER_TESTING)
  # It finds the library that it needs beside itself, wherever both are.
  if(APPLE)
    set_target_properties(alpaca-broker-testing PROPERTIES INSTALL_RPATH "@loader_path")
  else()
    set_target_properties(alpaca-broker-testing PROPERTIES INSTALL_RPATH "$ORIGIN")
  endif()
  broker_install(alpaca-broker-testing)
  install(DIRECTORY include/alpaca/broker/testing DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/alpaca/broker)
  install(FILES cmake/Findhttplib.cmake DESTINATION ${packageDir})
endif()

configure_package_config_file(cmake/alpaca-broker-config.cmake.in alpaca-broker-config.cmake
  INSTALL_DESTINATION ${packageDir}
  NO_SET_AND_CHECK_MACRO
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(alpaca-broker-config-version.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES ${PROJECT_BINARY_DIR}/alpaca-broker-config.cmake ${PROJECT_BINARY_DIR}/alpaca-broker-config-version.cmake
  DESTINATION ${packageDir})
