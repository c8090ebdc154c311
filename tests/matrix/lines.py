"""The lines of the matrix. Add new lines here; steps.py runs their steps.

In options, {root} stands for the repository, {work} for build/matrix."""

from project import Line, Packages, Project

CONSUMER = "tests/matrix/consumer"
STRICT = "CMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror"
CLANG = ("CMAKE_CXX_COMPILER=clang++",)
CLANG19 = ("CMAKE_CXX_COMPILER=clang++-19",)
LIBCXX = CLANG19 + ("CMAKE_CXX_FLAGS=-stdlib=libc++",)
LTO = ("CMAKE_INTERPROCEDURAL_OPTIMIZATION=ON",)
QUICK = ("CMAKE_UNITY_BUILD=ON",)  # where the build's options matter, not how its sources are divided
NO_TESTING = ("ALPACA_BROKER_TESTING=OFF",)
NO_TLS = ("ALPACA_BROKER_SHARED_TLS=OFF",)
AARCH64 = ("CMAKE_TOOLCHAIN_FILE={root}/tests/matrix/aarch64.cmake", "ROOT={work}/packages/aarch64")


def curl_of(packages, name):
    """CMake options that select the libcurl of unpacked packages: for the library, and for a program's own use."""
    folder = f"{{work}}/packages/{packages}/usr"
    headers, found = f"{folder}/include/{{triplet}}", f"{folder}/lib/{{triplet}}/{name}"
    return ((f"CURL_INCLUDE_DIR={headers}", f"CURL_LIBRARY={found}"),
            (f"own_includes={headers}", f"own_libraries={found}"))


CURL_NEWER, OWN_CURL_NEWER = curl_of("backports", "libcurl.so")
CURL_GNUTLS, OWN_CURL_GNUTLS = curl_of("gnutls", "libcurl-gnutls.so")
BACKPORTS = Packages("packages/backports", ("libcurl4-openssl-dev", "libcurl4"), suite="backports")
ARM64 = Packages("packages/aarch64", (
    "libcurl4-openssl-dev", "libssl-dev", "nlohmann-json3-dev", "libcpp-httplib-dev", "libgtest-dev", "libgmock-dev"),
    architecture="arm64")
GNUTLS = Packages("packages/gnutls", ("libcurl4-gnutls-dev", "libcurl3-gnutls"))

# The programs. Those of the first group contain a mock broker; those of the second need one in another process.
PROGRAMS = ("accepted", "not_sent", "every_header")
OUTSIDE = ("cancel_order", "handle_every_outcome", "not_sent", "every_header")


def standard(year):
    return (f"CMAKE_CXX_STANDARD={year}", STRICT)


def flags(text):
    return (f"CMAKE_CXX_FLAGS={text}",)


def library(name, *options):
    """Builds only the libraries, and installs them where the consumers of that name look for them."""
    off = ("ALPACA_BROKER_TESTS=OFF", "ALPACA_BROKER_EXAMPLES=OFF", "BUILD_TESTING=OFF")
    prefix = (f"CMAKE_INSTALL_PREFIX={{work}}/libraries/{name}/prefix",)
    build_type = () if any(o.startswith("CMAKE_BUILD_TYPE=") for o in options) else ("CMAKE_BUILD_TYPE=Release",)
    return Project(f"libraries/{name}", ".", off + prefix + build_type + options, install=True)


def consumer(folder, of, *options, programs=PROGRAMS, testing=True, **more):
    """Builds the programs of one line with the library of that name."""
    common = (
        f"alpaca-broker_ROOT={{work}}/libraries/{of}/prefix",
        "component=" + ("testing" if testing else ""),
        "programs=" + ";".join(programs),
    )
    build_type = () if any(o.startswith("CMAKE_BUILD_TYPE=") for o in options) else ("CMAKE_BUILD_TYPE=Release",)
    return Project(f"consumers/{folder}", CONSUMER, common + build_type + options, **({"tests": ()} | more))


STATIC = library("static")
SHARED = library("shared", "BUILD_SHARED_LIBS=ON")
MOCK = consumer("mock_broker", "static", programs=("mock_broker",))


def outside(folder, of, *options, programs=OUTSIDE):
    """The same, for programs whose mock broker runs in another process, which was built by g++."""
    mock = "mock={work}/consumers/mock_broker/mock_broker"
    return consumer(folder, of, mock, *options, programs=programs, testing=False)


def tests(folder, *options, targets=("unit_tests",), labels="^unit$"):
    return Project(folder, ".", ("BUILD_TESTING=ON", "CMAKE_COMPILE_WARNING_AS_ERROR=ON") + options,
                   targets, tests=("-L", labels))


def host(folder, generator, *options):
    return Project(folder, "tests/matrix/host_project", options, tests=(), generator=generator)


LINES = (
    Line("gcc-c++17", "a C++17 program compiled by g++; warnings are errors, also in the headers",
         (STATIC, consumer("gcc-c++17", "static", *standard(17))), cheap=True),
    Line("gcc-c++20", "the same in C++20, and co_await",
         (STATIC, consumer("gcc-c++20", "static", *standard(20), programs=PROGRAMS + ("coroutine",))), cheap=True),
    Line("gcc-c++23", "the same in C++23",
         (STATIC, consumer("gcc-c++23", "static", *standard(23), programs=PROGRAMS + ("coroutine",))), cheap=True),
    Line("clang-c++17", "a C++17 program compiled by clang, with a library compiled by g++",
         (STATIC, consumer("clang-c++17", "static", *CLANG, *standard(17))), ("clang",), cheap=True),
    Line("clang-c++20", "the same in C++20",
         (STATIC, consumer("clang-c++20", "static", *CLANG, *standard(20))), ("clang",), cheap=True),
    Line("clang-c++23", "the same in C++23",
         (STATIC, consumer("clang-c++23", "static", *CLANG, *standard(23))), ("clang",), cheap=True),
    Line("clang-19-c++23", "the same with a newer clang, and co_await",
         (STATIC, consumer("clang-19-c++23", "static", *CLANG19, *standard(23),
                           programs=PROGRAMS + ("coroutine",))), ("clang-19",)),

    Line("library-c++20", "the library itself compiled as C++20, used by a C++17 program; warnings are errors",
         (library("c++20", *QUICK, "CMAKE_CXX_STANDARD=20", "CMAKE_COMPILE_WARNING_AS_ERROR=ON"),
          consumer("library-c++20", "c++20", *standard(17)))),
    Line("library-c++23", "the same with a library compiled as C++23",
         (library("c++23", *QUICK, "CMAKE_CXX_STANDARD=23", "CMAKE_COMPILE_WARNING_AS_ERROR=ON"),
          consumer("library-c++23", "c++23", *standard(17)))),
    Line("tests-gcc", "all unit tests compiled by g++; warnings are errors",
         (tests("tests-gcc", "CMAKE_BUILD_TYPE=RelWithDebInfo"),), ("googletest", "googlemock")),
    Line("tests-clang", "all unit tests compiled by clang; warnings are errors",
         (tests("tests-clang", *CLANG, "CMAKE_BUILD_TYPE=RelWithDebInfo"),), ("googletest", "googlemock", "clang")),
    Line("clang-19-libc++", "library, unit tests and programs on LLVM's standard library; the mock is compiled by g++",
         (STATIC, MOCK, library("libc++", *QUICK, *LIBCXX, *NO_TESTING, "CMAKE_COMPILE_WARNING_AS_ERROR=ON"),
          outside("libc++", "libc++", *LIBCXX),
          Project("clang-19-libc++", "tests/matrix/unit_tests_alone",
                  LIBCXX + NO_TESTING + ("CMAKE_COMPILE_WARNING_AS_ERROR=ON",), tests=())),
         ("clang-19", "libc++", "googletest", "googlemock")),

    Line("shared", "a program with the shared libraries",
         (SHARED, consumer("shared", "shared", *standard(17))), cheap=True),
    Line("debug", "a Debug build of library and program",
         (library("debug", *QUICK, "CMAKE_BUILD_TYPE=Debug"),
          consumer("debug", "debug", "CMAKE_BUILD_TYPE=Debug"))),
    Line("minsizerel", "a MinSizeRel build of library and program",
         (library("minsizerel", *QUICK, "CMAKE_BUILD_TYPE=MinSizeRel"),
          consumer("minsizerel", "minsizerel", "CMAKE_BUILD_TYPE=MinSizeRel"))),
    Line("lto", "link-time optimisation across library and program",
         (library("lto", *QUICK, *LTO), consumer("lto", "lto", *LTO))),
    Line("lto-program", "a program with link-time optimisation, and a static library without",
         (STATIC, consumer("lto-program", "static", *LTO)), cheap=True),
    Line("no-rtti", "programs with -fno-rtti catch the exceptions of the library, static and shared",
         (STATIC, consumer("no-rtti", "static", *flags("-fno-rtti")),
          SHARED, consumer("no-rtti-shared", "shared", *flags("-fno-rtti"))), cheap=True),
    Line("no-exceptions", "-fno-exceptions is not supported: code that takes a value out of a result does not compile",
         (STATIC, consumer("no-exceptions", "static", *flags("-fno-exceptions"), programs=("accepted",),
                           tests=None, refused="exception handling disabled")), cheap=True),
    Line("default-visibility", "a program that exports all its symbols to the libraries it loads",
         (SHARED, consumer("default-visibility", "shared", *flags("-fvisibility=default -rdynamic"))), cheap=True),
    Line("assertions", "a program with -D_GLIBCXX_ASSERTIONS, and a library without",
         (STATIC, consumer("assertions", "static", *flags("-D_GLIBCXX_ASSERTIONS"))), cheap=True),
    Line("debug-containers", "library and program with -D_GLIBCXX_DEBUG; the mock runs in another process",
         (STATIC, MOCK, library("debug-containers", *QUICK, *flags("-D_GLIBCXX_DEBUG"), *NO_TESTING),
          outside("debug-containers", "debug-containers", *flags("-D_GLIBCXX_DEBUG")))),

    Line("own-json", "a program with a different nlohmann/json under the same name; static and shared",
         (STATIC, consumer("own-json", "static", programs=("own_json_definitions",)),
          SHARED, consumer("own-json-shared", "shared", programs=("own_json_definitions",))), cheap=True),
    Line("own-httplib", "a program with a different cpp-httplib under the same names; the mock runs in another process",
         (STATIC, MOCK, outside("own-httplib", "static", "own_includes={root}/tests/matrix/consumer/own_httplib",
                                programs=("own_httplib", "cancel_order")),
          SHARED, outside("own-httplib-shared", "shared", "own_includes={root}/tests/matrix/consumer/own_httplib",
                          programs=("own_httplib", "cancel_order"))), cheap=True),
    Line("own-curl", "a program with its own newer libcurl, which the static library then uses, too",
         (STATIC, BACKPORTS, consumer("own-curl", "static", *CURL_NEWER, *OWN_CURL_NEWER,
                                      "own_curl=libcurl/8.", programs=("own_curl", "accepted"))), ("apt",)),
    Line("own-curl-gnutls", "a program with its own libcurl on GnuTLS; the shared library keeps its libcurl on OpenSSL",
         (SHARED, GNUTLS, consumer("own-curl-gnutls", "shared", *OWN_CURL_GNUTLS,
                                   "own_curl=GnuTLS", programs=("own_curl",))), ("apt", "curl-gnutls")),
    Line("library-gnutls", "the library itself on a libcurl with GnuTLS, over TLS",
         (GNUTLS, library("gnutls", *QUICK, *CURL_GNUTLS),
          consumer("library-gnutls", "gnutls", *CURL_GNUTLS, *OWN_CURL_GNUTLS,
                   "own_curl=GnuTLS", programs=("own_curl", "accepted"))), ("apt", "curl-gnutls")),

    Line("subproject", "add_subdirectory in a project with its own targets, flags and settings; Ninja",
         (host("subproject", "Ninja"),), cheap=True),
    Line("subproject-make", "the same with Makefiles",
         (host("subproject-make", "Unix Makefiles"),), ("make",)),
    Line("subproject-multi-config", "the same with Ninja Multi-Config, Debug and Release",
         (host("subproject-multi-config", "Ninja Multi-Config"),)),
    Line("fetchcontent", "the same with FetchContent, shared libraries and the project's own nlohmann/json",
         (host("fetchcontent", "Ninja", "fetchcontent=ON", "BUILD_SHARED_LIBS=ON", "own_json=ON"),)),

    Line("aarch64", "library and program cross-compiled for 64-bit ARM, run in an emulator",
         (ARM64, library("aarch64", *QUICK, *AARCH64),
          consumer("aarch64", "aarch64", *AARCH64, *standard(17),
                   "alpaca-broker_DIR={work}/libraries/aarch64/prefix/lib/cmake/alpaca-broker")),
         ("apt", "aarch64", "qemu")),
    Line("aarch64-tests", "unit and integration tests on 64-bit ARM, run in an emulator",
         (ARM64, tests("aarch64-tests", *AARCH64, "CMAKE_BUILD_TYPE=Release",
                       targets=("unit_tests", "integration_tests"), labels="^(unit|integration)$")),
         ("apt", "aarch64", "qemu", "googletest", "googlemock")),
    Line("windows-objects", "every source of the library compiles for Windows; nothing is linked or run",
         (Packages("packages/windows", ("libcurl4-openssl-dev", "nlohmann-json3-dev")),
          Project("windows-objects", ".", NO_TLS + NO_TESTING + (
              "CMAKE_TOOLCHAIN_FILE={root}/tests/matrix/mingw.cmake", "HEADERS={work}/packages/windows",
              "ALPACA_BROKER_TESTS=OFF", "ALPACA_BROKER_EXAMPLES=OFF", "ALPACA_BROKER_INSTALL=OFF"),
                  targets=("alpaca-broker-objects",))), ("apt", "mingw")),
)
