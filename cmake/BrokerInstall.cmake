# There are two export sets, because a program that only cancels orders must not need the mock broker's dependencies.
# There are four components: <library> is for running a program, <library>-dev for building one.
include(CMakePackageConfigHelpers)
include(BrokerSbom)

set(packageDir ${CMAKE_INSTALL_LIBDIR}/cmake/${PROJECT_NAME})
set(pkgconfigDir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# Installs the library, its CMake package files, its pkg-config file and its SBOM.
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

# The .pc files give paths relative to themselves. So they work with a relative or absolute CMAKE_INSTALL_LIBDIR, and
# after the whole installation was moved.
cmake_path(ABSOLUTE_PATH pkgconfigDir BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX} NORMALIZE OUTPUT_VARIABLE pcDir)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY ${pcDir} OUTPUT_VARIABLE pcPrefix)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_INCLUDEDIR BASE_DIRECTORY ${pcDir} OUTPUT_VARIABLE pcInclude)

# A shared library loads its own dependencies. A static one always leaves linking them to its user, so they are not
# limited to --static. libcurl is named as a library, not by its .pc. With --static, that .pc asks for the development
# files of all its dependencies, which distributions do not install with it.
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
    if(TARGET PkgConfig::httplib OR NOT httplibType STREQUAL "INTERFACE_LIBRARY") # otherwise it is header-only
      string(PREPEND pcTestingRequires ", cpp-httplib")
    endif()
  endif()
endif()

broker_install(alpaca-broker)
install(DIRECTORY include/alpaca DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT alpaca-broker-dev
  PATTERN testing EXCLUDE)

if(ALPACA_BROKER_TESTING)
  # The library finds the one it needs in its own folder, wherever that is.
  if(APPLE)
    set_target_properties(alpaca-broker-testing PROPERTIES INSTALL_RPATH "@loader_path")
  else()
    set_target_properties(alpaca-broker-testing PROPERTIES INSTALL_RPATH "$ORIGIN")
  endif()
  broker_install(alpaca-broker-testing)
  install(DIRECTORY include/alpaca/broker/testing DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/alpaca/broker
    COMPONENT alpaca-broker-testing-dev)
  if(NOT BUILD_SHARED_LIBS) # only a static library leaves it to its user
    install(FILES cmake/Findhttplib.cmake DESTINATION ${packageDir} COMPONENT alpaca-broker-testing-dev)
  endif()
endif()

configure_package_config_file(cmake/alpaca-broker-config.cmake.in alpaca-broker-config.cmake
  INSTALL_DESTINATION ${packageDir}
  NO_SET_AND_CHECK_MACRO
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(alpaca-broker-config-version.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES ${PROJECT_BINARY_DIR}/alpaca-broker-config.cmake ${PROJECT_BINARY_DIR}/alpaca-broker-config-version.cmake
  DESTINATION ${packageDir} COMPONENT alpaca-broker-dev)

# CPS describes the package to build systems other than CMake. Its name there is alpaca, so that the libraries keep
# their names, alpaca::broker and alpaca::broker_testing. Also, find_package prefers CPS: under the name alpaca-broker
# it would use the CPS file instead of the configuration above. Static libraries get none: their dependencies would have
# to be CPS or CMake packages, and libcurl, OpenSSL and threads mostly are not.
if(BUILD_SHARED_LIBS AND CMAKE_VERSION VERSION_GREATER_EQUAL 4.3)
  set(cpsDir ${CMAKE_INSTALL_LIBDIR}/cps/alpaca)
  install(PACKAGE_INFO alpaca EXPORT alpaca-broker-targets
    VERSION ${PROJECT_VERSION}
    COMPAT_VERSION ${BROKER_SOVERSION}.0
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
