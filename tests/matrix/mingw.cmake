# Windows, as far as compiling goes, with Debian's compiler. HEADERS is where libcurl's and nlohmann/json's were
# unpacked: they are the same for every system, and there is nothing to link.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES HEADERS)
set(CMAKE_FIND_ROOT_PATH ${HEADERS})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

file(GLOB curl ${HEADERS}/usr/include/*/curl) # below the name of the architecture
cmake_path(GET curl PARENT_PATH CURL_INCLUDE_DIR)
set(CURL_LIBRARY ${HEADERS}/nothing-is-linked)
file(TOUCH ${CURL_LIBRARY}) # it must be there all the same
