# Compiles for Windows with Debian's compiler, without linking. HEADERS is the folder with the unpacked headers of
# libcurl and nlohmann/json, which are the same for every system.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES HEADERS)
set(CMAKE_FIND_ROOT_PATH ${HEADERS})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

file(GLOB curl ${HEADERS}/usr/include/*/curl) # in a folder named after the architecture
cmake_path(GET curl PARENT_PATH CURL_INCLUDE_DIR)
set(CURL_LIBRARY ${HEADERS}/nothing-is-linked)
file(TOUCH ${CURL_LIBRARY}) # the file must exist, although nothing is linked
