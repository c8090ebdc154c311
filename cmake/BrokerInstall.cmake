# Two export sets, because whoever only cancels orders must not need what the mock broker is made of. And four components:
# <library> is what a program runs with, <library>-dev what it is built with.
include(CMakePackageConfigHelpers)
include(BrokerSbom)

set(packageDir ${CMAKE_INSTALL_LIBDIR}/cmake/${PROJECT_NAME})
set(pkgconfigDir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# Installs the library, what find_package needs to import it, its pkg-config file and what it is made of.
function(broker_install target)
  install(TARGETS ${target} EXPORT ${target}-targets
    RUNTIME COMPONENT ${target}
    LIBRARY COMPONENT ${target} NAMELINK_COMPONENT ${target}-dev
    ARCHIVE COMPONENT ${target}-dev)
  install(EXPORT ${target}-targets NAMESPACE alpaca:: DESTINATION ${packageDir} COMPONENT ${target}-dev)
  configure_file(cmake/${target}.pc.in ${target}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${target}.pc DESTINATION ${pkgconfigDir} COMPONENT ${target}-dev)
  broker_sbom(${target})
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
install(DIRECTORY include/alpaca DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT alpaca-broker-dev
  PATTERN testing EXCLUDE)

if(ALPACA_BROKER_TESTING)
  # It finds the library that it needs beside itself, wherever both are.
  if(APPLE)
    set_target_properties(alpaca-broker-testing PROPERTIES INSTALL_RPATH "@loader_path")
  else()
    set_target_properties(alpaca-broker-testing PROPERTIES INSTALL_RPATH "$ORIGIN")
  endif()
  broker_install(alpaca-broker-testing)
  install(DIRECTORY include/alpaca/broker/testing DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/alpaca/broker
    COMPONENT alpaca-broker-testing-dev)
  if(NOT BUILD_SHARED_LIBS) # only the static one leaves it to its user
    install(FILES cmake/Findhttplib.cmake DESTINATION ${packageDir} COMPONENT alpaca-broker-testing-dev)
  endif()
endif()

configure_package_config_file(cmake/alpaca-broker-config.cmake.in alpaca-broker-config.cmake
  INSTALL_DESTINATION ${packageDir}
  NO_SET_AND_CHECK_MACRO
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(alpaca-broker-config-version.cmake COMPATIBILITY ${BROKER_COMPATIBILITY})
install(
  FILES ${PROJECT_BINARY_DIR}/alpaca-broker-config.cmake ${PROJECT_BINARY_DIR}/alpaca-broker-config-version.cmake
  DESTINATION ${packageDir} COMPONENT alpaca-broker-dev)

# CPS describes the same to build systems other than CMake. The package is called alpaca there, so that the libraries keep
# their names, alpaca::broker and alpaca::broker_testing, and because find_package prefers CPS: by the name alpaca-broker
# it would take this instead of the configuration above. Not for static libraries: what they need would have to be found
# as CPS or CMake packages, and libcurl, OpenSSL and threads mostly are not.
if(BUILD_SHARED_LIBS AND CMAKE_VERSION VERSION_GREATER_EQUAL 4.3)
  set(cpsDir ${CMAKE_INSTALL_LIBDIR}/cps/alpaca)
  install(PACKAGE_INFO alpaca EXPORT alpaca-broker-targets
    VERSION ${PROJECT_VERSION}
    COMPAT_VERSION ${BROKER_COMPATIBLE_SINCE}
    DESCRIPTION ${PROJECT_DESCRIPTION}
    LICENSE MIT
    DESTINATION ${cpsDir} COMPONENT alpaca-broker-dev)
  if(ALPACA_BROKER_TESTING)
    install(PACKAGE_INFO alpaca EXPORT alpaca-broker-testing-targets
      APPENDIX testing
      DESTINATION ${cpsDir} COMPONENT alpaca-broker-testing-dev)
  endif()
endif()

if(PROJECT_IS_TOP_LEVEL AND BUILD_SHARED_LIBS)
  find_program(BROKER_DPKG_SHLIBDEPS dpkg-shlibdeps)
  mark_as_advanced(BROKER_DPKG_SHLIBDEPS)
  if(BROKER_DPKG_SHLIBDEPS)
    include(BrokerPackage)
  endif()
endif()
