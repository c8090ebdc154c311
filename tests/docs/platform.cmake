# Fails when code outside src/platform uses a header, macro or function of one operating system. Also fails when a
# system lacks its part there, or when a lower layer includes a higher one.
cmake_minimum_required(VERSION 3.24)

set(platform ${SOURCE}/src/platform)

# The language's headers, the public headers, and those of the libraries that docs/install.md names.
set(portable "^<([a-z_]+|(alpaca|nlohmann|openssl|asio|boost/asio)/[^>]*|curl/curl\\.h|httplib\\.h)>$")
set(ofSystems "^<(csignal|cunistd)>$")
set(macros "(^|[^A-Za-z0-9_])(_WIN(32|64)|_MSC_VER|__MINGW(32|64)__|__linux__|__unix__|__APPLE__|__(Free|Net|Open)BSD__|__GNUC__|__clang__|__GLIBC__|_POSIX_[A-Z_]*|_GNU_SOURCE)[^A-Za-z0-9_]")
set(functions "(^|[^A-Za-z0-9_.>:])(::[a-z][a-zA-Z0-9_]*|(gmtime|localtime)_[rs]|timegm|mkstemp|strerror_[rs]|setenv|putenv|getpid|isatty|ssize_t|pthread_[a-z_]+)[^A-Za-z0-9_:]")
set(mayAsk ${SOURCE}/include/alpaca/broker/export.hpp) # how to export depends on each user's compiler

file(GLOB_RECURSE files ${SOURCE}/src/*.[ch]pp ${SOURCE}/include/*.[ch]pp)
list(LENGTH files count)
if(count LESS 100)
  message(FATAL_ERROR "only ${count} files were found to check")
endif()

foreach(file IN LISTS files)
  file(STRINGS ${file} lines REGEX "^ *# *include ")
  string(FIND ${file} ${platform}/ inPlatform)
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^ *# *include +([<\"][^>\"]*[>\"]).*" "\\1" header "${line}")
    if(header MATCHES "^\"" AND inPlatform EQUAL 0 AND NOT header MATCHES "^\"platform/")
      message(SEND_ERROR "${file} is in the lowest layer and must not include ${header}")
    elseif(header MATCHES "^<" AND NOT inPlatform EQUAL 0
        AND (NOT header MATCHES "${portable}" OR header MATCHES "${ofSystems}"))
      message(SEND_ERROR "${file} includes ${header}, which belongs in src/platform")
    endif()
  endforeach()
  if(inPlatform EQUAL 0 OR file STREQUAL mayAsk)
    continue()
  endif()
  file(READ ${file} code)
  string(REGEX REPLACE "//[^\n]*" "" code "${code}")
  foreach(pattern macros functions)
    if(code MATCHES "${${pattern}}")
      message(SEND_ERROR "${file} uses \"${CMAKE_MATCH_2}\", which belongs in src/platform")
    endif()
  endforeach()
endforeach()

foreach(system posix windows)
  file(GLOB ${system} RELATIVE ${platform}/${system} ${platform}/${system}/*.cpp)
endforeach()
file(GLOB questions RELATIVE ${platform} ${platform}/*.hpp)
list(TRANSFORM questions REPLACE "\\.hpp$" ".cpp")
foreach(system posix windows)
  if(NOT ${system} STREQUAL "${questions}")
    message(SEND_ERROR "src/platform asks ${questions} and ${system}/ answers ${${system}}")
  endif()
endforeach()
