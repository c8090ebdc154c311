# Cross-compiles for 64-bit ARM with Debian's compiler. ROOT is the folder with the unpacked ARM packages.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ROOT)

set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH ${ROOT})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# A native compiler for that architecture would search here by itself.
set(CMAKE_CXX_STANDARD_INCLUDE_DIRECTORIES ${ROOT}/usr/include/aarch64-linux-gnu)

# The unpacked libraries need each other, and all of them use the unpacked C library.
set(libraries ${ROOT}/lib/aarch64-linux-gnu ${ROOT}/usr/lib/aarch64-linux-gnu)
foreach(folder IN LISTS libraries)
  string(APPEND CMAKE_EXE_LINKER_FLAGS_INIT " -Wl,-rpath-link,${folder}")
  string(APPEND CMAKE_SHARED_LINKER_FLAGS_INIT " -Wl,-rpath-link,${folder}")
endforeach()
list(JOIN libraries ":" libraries)

# Debian's pkg-config searches only there.
set(ENV{PKG_CONFIG_LIBDIR} ${ROOT}/usr/lib/aarch64-linux-gnu/pkgconfig:${ROOT}/usr/share/pkgconfig)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${ROOT})

set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64;-L;${ROOT};-E;LD_LIBRARY_PATH=${libraries})
