# Makes the Debian packages: `cpack -G DEB` in a shared build with the prefix /usr. `./dev package` does all of it. The
# other files that Debian's policy requires are in packaging/debian.
#
# There are four packages, as is usual in Debian: each of the two libraries has one for running and one for building. So
# a machine that runs a trading app needs neither headers nor the mock broker. A machine that runs its tests needs no
# compiler.
#
# There are no static archives. libcurl cannot be linked statically on Debian, because Kerberos has no archive there. A
# program that used them would still be dynamic. To get one, install from source.
set(ALPACA_BROKER_MAINTAINER "alpaca-broker-cpp authors <maintainers@alpaca-broker-cpp.invalid>" CACHE STRING
  "Maintainer of the packages built here, as \"name <address>\"")

set(CPACK_GENERATOR DEB)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL "")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON) # on exactly the same version
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_RELEASE 0upstream1) # lower than Debian's own package of the same version
set(CPACK_DEBIAN_PACKAGE_SOURCE ${PROJECT_NAME})
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${ALPACA_BROKER_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_MULTIARCH same) # written by CMake 3.31 and newer
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/src) # the mock broker needs the library
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

# Installs the texts that every Debian package contains. A plain installation does not have them.
function(broker_package_texts package component)
  foreach(text changelog.gz changelog.Debian.gz copyright)
    install(FILES ${PROJECT_BINARY_DIR}/debian/${text} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/doc/${package}
      COMPONENT ${component} EXCLUDE_FROM_ALL)
  endforeach()
endfunction()

# broker_package(COMPONENT PACKAGE SECTION SYNOPSIS TEXT [REQUIRED COMPONENT]...)
macro(broker_package component package section synopsis text)
  string(TOUPPER ${component} upper)
  list(APPEND CPACK_COMPONENTS_ALL ${component})
  set(CPACK_COMPONENT_${upper}_DEPENDS ${ARGN})
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${synopsis}\n${text}")
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
  broker_package_texts(${package} ${component})
endmacro()

file(STRINGS LICENSE holders REGEX "^Copyright")
string(REGEX REPLACE "^Copyright \\(c\\) " "" holders "${holders}")
file(READ LICENSE license)
string(REGEX REPLACE "^.*Permission is" "Permission is" license "${license}") # without title and holders
string(STRIP "${license}" license)
string(REGEX REPLACE "\n\n" "\n.\n" license " ${license}")
string(REGEX REPLACE "\n" "\n " license "${license}")
broker_source_date(date "%a, %d %b %Y %H:%M:%S +0000")
configure_file(packaging/debian/copyright.in debian/copyright @ONLY)
configure_file(packaging/debian/changelog.in debian/changelog @ONLY)
foreach(text IN ITEMS ${PROJECT_BINARY_DIR}/debian/changelog:changelog.Debian ${PROJECT_SOURCE_DIR}/CHANGELOG.md:changelog)
  string(REGEX MATCH "(.*):(.*)" text ${text})
  execute_process(COMMAND gzip -9nc INPUT_FILE ${CMAKE_MATCH_1}
    OUTPUT_FILE ${PROJECT_BINARY_DIR}/debian/${CMAKE_MATCH_2}.gz COMMAND_ERROR_IS_FATAL ANY)
endforeach()

broker_package(alpaca-broker libalpaca-broker${BROKER_SOVERSION} libs
  "cancel orders at brokers on the Alpaca Broker API"
  "A C++ library for trading apps that must know what became of a cancel:
accepted, too late, no such order, never sent, or unknown until looked up.
It has retries under one deadline, batches, and a kill switch for accounts.")
# Newer than the version that the symbols require: connections are opened with options from 7.87.
set(CPACK_DEBIAN_ALPACA-BROKER_PACKAGE_DEPENDS "libcurl4 (>= 7.87)")
set(CPACK_DEBIAN_ALPACA-BROKER_PACKAGE_RECOMMENDS ca-certificates)
broker_package(alpaca-broker-dev libalpaca-broker-dev libdevel
  "cancel orders at brokers on the Alpaca Broker API (development files)"
  "Headers, CMake and pkg-config files for building with the library of
libalpaca-broker${BROKER_SOVERSION}: find_package(alpaca-broker CONFIG), or
pkg-config alpaca-broker."
  alpaca-broker)
set(runtimes alpaca-broker)

if(ALPACA_BROKER_TESTING)
  broker_package(alpaca-broker-testing libalpaca-broker-testing${BROKER_SOVERSION} libs
    "mock broker for tests of apps on the Alpaca Broker API"
    "A broker inside the test's own process. It answers as the Alpaca Broker API
does, over real HTTP or TLS on the loopback interface, and fails when the
test asks for it."
    alpaca-broker)
  broker_package(alpaca-broker-testing-dev libalpaca-broker-testing-dev libdevel
    "mock broker for tests of apps on the Alpaca Broker API (development files)"
    "Headers, CMake and pkg-config files for building tests with the mock broker
of libalpaca-broker-testing${BROKER_SOVERSION}: the component testing of the CMake
package alpaca-broker, or pkg-config alpaca-broker-testing."
    alpaca-broker-testing alpaca-broker-dev)
  list(APPEND runtimes alpaca-broker-testing)
endif()

# CPack would write maintainer scripts that call ldconfig; Debian uses a trigger for that. CPack writes none when it is
# given scripts of these names, and ignores that these do not exist.
foreach(component IN LISTS runtimes)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA
    ${PROJECT_SOURCE_DIR}/packaging/debian/triggers
    ${PROJECT_SOURCE_DIR}/packaging/debian/none/postinst
    ${PROJECT_SOURCE_DIR}/packaging/debian/none/postrm)
endforeach()
include(CPack)
