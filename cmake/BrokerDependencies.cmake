# What the build needs: from the system when it is there, else fetched (where there is a network).
include(FetchContent)

find_package(CURL 7.87 REQUIRED)
find_package(Threads REQUIRED)

# libcurl has nothing for it: its TLS library is spoken to behind its back. BROKER_SHARED_TLS says whether that is built.
set(BROKER_SHARED_TLS ${ALPACA_BROKER_SHARED_TLS})
if(ALPACA_BROKER_SHARED_TLS STREQUAL "AUTO")
  find_package(OpenSSL 3.0)
  set(BROKER_SHARED_TLS ${OpenSSL_FOUND})
  if(NOT BROKER_SHARED_TLS)
    message(STATUS "OpenSSL 3 was not found: every connection will read the certificate authorities for itself")
  endif()
elseif(BROKER_SHARED_TLS)
  find_package(OpenSSL 3.0 REQUIRED)
endif()

FetchContent_Declare(nlohmann_json
  URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
  URL_HASH SHA256=d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d
  FIND_PACKAGE_ARGS 3.11)
FetchContent_MakeAvailable(nlohmann_json)

# In a namespace of our own: else a program that links the static library, and has the same nlohmann/json with other
# macros set, or another with the same names, is linked into one with ours, and either runs the other's functions.
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
    set(HTTPLIB_USE_ZLIB_IF_AVAILABLE OFF) # else it takes what it finds, and whoever links the mock broker needs it too
    set(HTTPLIB_USE_BROTLI_IF_AVAILABLE OFF)
    FetchContent_Declare(httplib
      GIT_REPOSITORY https://github.com/yhirose/cpp-httplib.git
      GIT_TAG v0.11.4)
    FetchContent_MakeAvailable(httplib)
  endif()
  find_package(OpenSSL REQUIRED)
endif()

if(ALPACA_BROKER_TESTS AND BUILD_TESTING)
  FetchContent_Declare(GTest
    GIT_REPOSITORY https://github.com/google/googletest.git
    GIT_TAG release-1.12.1
    FIND_PACKAGE_ARGS 1.12)
  FetchContent_MakeAvailable(GTest)
endif()
