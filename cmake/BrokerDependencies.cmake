# Finds what the build needs: installed packages first; whatever is missing is fetched from the network.
include(FetchContent)

find_package(CURL 7.87 REQUIRED)
find_package(Threads REQUIRED)

# libcurl has no interface for this, so the library calls libcurl's TLS library directly. BROKER_SHARED_TLS says whether
# that code is built.
set(BROKER_SHARED_TLS ${ALPACA_BROKER_SHARED_TLS})
if(ALPACA_BROKER_SHARED_TLS STREQUAL "AUTO")
  find_package(OpenSSL 3.0)
  set(BROKER_SHARED_TLS ${OpenSSL_FOUND})
  if(NOT BROKER_SHARED_TLS)
    message(STATUS "OpenSSL 3 was not found: every connection will read the CA certificates for itself")
  endif()
elseif(BROKER_SHARED_TLS)
  find_package(OpenSSL 3.0 REQUIRED)
endif()

# Says before a download what is fetched, and how to prevent it.
function(broker_announce_download name version)
  string(TOUPPER ${name} upper)
  string(TOLOWER ${name} lower)
  FetchContent_GetProperties(${name})
  find_package(${name} ${version} QUIET)
  if(NOT ${name}_FOUND AND NOT ${lower}_POPULATED AND NOT FETCHCONTENT_SOURCE_DIR_${upper}
      AND NOT FETCHCONTENT_FULLY_DISCONNECTED)
    message(STATUS "${name} ${version} was not found, so it is downloaded from github.com. To prevent that, install it, "
      "set FETCHCONTENT_SOURCE_DIR_${upper} to its sources, or set FETCHCONTENT_FULLY_DISCONNECTED=ON")
  endif()
endfunction()

broker_announce_download(nlohmann_json 3.11)
FetchContent_Declare(nlohmann_json
  URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
  URL_HASH SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d
  FIND_PACKAGE_ARGS 3.11)
FetchContent_MakeAvailable(nlohmann_json)

# The JSON library gets a namespace of our own. A program may link the static library together with another version of
# nlohmann/json, or with other macros. Without that namespace the two would mix, and each could run the other's
# functions.
add_library(broker_json INTERFACE)
target_link_libraries(broker_json INTERFACE nlohmann_json::nlohmann_json)
target_compile_definitions(broker_json INTERFACE
  "NLOHMANN_JSON_NAMESPACE=nlohmann::alpaca_broker"
  "NLOHMANN_JSON_NAMESPACE_BEGIN=namespace nlohmann { inline namespace alpaca_broker {"
  "NLOHMANN_JSON_NAMESPACE_END=} }")

if(ALPACA_BROKER_TESTING)
  find_package(httplib MODULE)
  if(NOT httplib_FOUND)
    set(HTTPLIB_REQUIRE_OPENSSL ON)
    set(HTTPLIB_USE_ZLIB_IF_AVAILABLE OFF) # otherwise the mock broker may need zlib
    set(HTTPLIB_USE_BROTLI_IF_AVAILABLE OFF)
    broker_announce_download(httplib 0.11)
    FetchContent_Declare(httplib
      GIT_REPOSITORY https://github.com/yhirose/cpp-httplib.git
      GIT_TAG v0.11.4)
    FetchContent_MakeAvailable(httplib)
  endif()
  find_package(OpenSSL REQUIRED)
endif()

if(ALPACA_BROKER_TESTS AND BUILD_TESTING)
  broker_announce_download(GTest 1.12)
  FetchContent_Declare(GTest
    GIT_REPOSITORY https://github.com/google/googletest.git
    GIT_TAG release-1.12.1
    FIND_PACKAGE_ARGS 1.12)
  FetchContent_MakeAvailable(GTest)
endif()
