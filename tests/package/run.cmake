# Runs one step of the package tests. CMakeLists.txt defines the arguments.
cmake_minimum_required(VERSION 3.24)

set(build ${work}/${kind})
set(prefix ${build}/prefix)
if(kind STREQUAL "shared")
  set(shared ON)
else()
  set(shared OFF)
endif()

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(build_project folder binary)
  run(${CMAKE_COMMAND} -S ${folder} -B ${binary} -G ${generator} -C ${work}/inherited.cmake ${ARGN})
  run(${CMAKE_COMMAND} --build ${binary} --config Release --parallel 2)
endfunction()

# Builds a program in a project of its own and runs it.
function(consumer program)
  set(binary ${build}/${step}/${program})
  file(REMOVE_RECURSE ${binary})
  build_project(${source}/tests/package/consumer ${binary} -D program=${program} -D version=${version} ${ARGN})
endfunction()

# Sets `result` to CMake options that disable the search for these packages.
function(without result)
  list(TRANSFORM ARGN REPLACE "(.+)" "-DCMAKE_DISABLE_FIND_PACKAGE_\\1=TRUE")
  set(${result} ${ARGN} PARENT_SCOPE)
endfunction()

# Builds a program with only the flags from pkg-config, and runs it.
function(pkgconfig_consumer program package installed)
  file(GLOB_RECURSE pc ${installed}/alpaca-broker.pc)
  cmake_path(GET pc PARENT_PATH folder)
  set(ENV{PKG_CONFIG_PATH} ${folder})
  execute_process(COMMAND ${pkgconfig} --cflags --libs ${ARGN} ${package}
    OUTPUT_VARIABLE flags COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(flags UNIX_COMMAND "${flags}")
  cmake_path(GET folder PARENT_PATH libraries)
  set(binary ${build}/${step}/${program}.pkg_config)
  file(MAKE_DIRECTORY ${build}/${step})
  run(${compiler} -std=c++17 ${source}/tests/package/consumer/${program}.cpp -o ${binary} ${flags}
    -Wl,-rpath,${libraries})
  run(${binary})
endfunction()

if(step STREQUAL "install")
  # Installs twice: first the library alone, into an absolute libdir; then everything. The second installation is then
  # moved, because a package must not remember where it was.
  file(REMOVE_RECURSE ${build}/absolute ${build}/stage ${prefix})
  set(common -DBUILD_SHARED_LIBS=${shared} -DALPACA_BROKER_TESTS=OFF -DALPACA_BROKER_EXAMPLES=OFF)
  build_project(${source} ${build}/build ${common} -DALPACA_BROKER_TESTING=OFF
    -DCMAKE_INSTALL_PREFIX=${build}/absolute -DCMAKE_INSTALL_LIBDIR=${build}/absolute/lib/of/its/own)
  run(${CMAKE_COMMAND} --install ${build}/build --config Release)
  build_project(${source} ${build}/build ${common} -DALPACA_BROKER_TESTING=ON
    -DCMAKE_INSTALL_PREFIX=${build}/stage -UCMAKE_INSTALL_LIBDIR)
  run(${CMAKE_COMMAND} --install ${build}/build --config Release)
  file(RENAME ${build}/stage ${prefix})

elseif(step STREQUAL "find_package")
  set(never nlohmann_json httplib)
  if(shared)
    list(APPEND never CURL Threads OpenSSL)
  endif()
  without(disabled ${never})
  consumer(not_sent -Dalpaca-broker_ROOT=${prefix} ${disabled})

elseif(step STREQUAL "find_package_testing")
  set(never nlohmann_json)
  if(shared)
    list(APPEND never httplib OpenSSL Threads CURL)
  endif()
  without(disabled ${never})
  consumer(accepted -Dalpaca-broker_ROOT=${prefix} -D component=testing ${disabled})

elseif(step STREQUAL "cps")
  consumer(accepted -Dalpaca_ROOT=${prefix} -D cps=ON)

elseif(step STREQUAL "components")
  foreach(installed prefix absolute)
    file(REMOVE_RECURSE ${build}/${step})
    file(GLOB_RECURSE config ${build}/${installed}/alpaca-broker-config.cmake)
    cmake_path(GET config PARENT_PATH folder)
    run(${CMAKE_COMMAND} -S ${source}/tests/package/components -B ${build}/${step} -G ${generator}
      -C ${work}/inherited.cmake -D folder=${folder} -D version=${version} -D installed=${installed}
      -D shared=${shared})
  endforeach()

elseif(step STREQUAL "asio")
  consumer(asio -Dalpaca-broker_ROOT=${prefix} -D component=testing)

elseif(step STREQUAL "own_json")
  consumer(own_json -Dalpaca-broker_ROOT=${prefix} -D component=testing -D headers=${source}/include)

elseif(step STREQUAL "documented")
  # The projects of the README and the guides, unchanged.
  foreach(project readme desk)
    set(binary ${build}/${step}/${project})
    file(REMOVE_RECURSE ${binary})
    build_project(${source}/tests/package/${project} ${binary} -Dalpaca-broker_ROOT=${prefix})
  endforeach()
  run(ctest --test-dir ${binary} --no-tests=error)
  execute_process(COMMAND ${binary}/desk OUTPUT_VARIABLE said COMMAND_ERROR_IS_FATAL ANY)
  file(READ ${source}/docs/start.md guide)
  string(FIND "${guide}" "```text\n${said}```" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "docs/start.md does not show its program's output: ${said}")
  endif()

elseif(step STREQUAL "absolute_libdir")
  consumer(not_sent -Dalpaca-broker_DIR=${build}/absolute/lib/of/its/own/cmake/alpaca-broker)
  if(pkgconfig)
    pkgconfig_consumer(not_sent alpaca-broker ${build}/absolute)
  endif()

elseif(step STREQUAL "pkg_config")
  pkgconfig_consumer(not_sent alpaca-broker ${prefix})
  pkgconfig_consumer(accepted alpaca-broker-testing ${prefix})
  if(NOT shared)
    pkgconfig_consumer(not_sent alpaca-broker ${prefix} --static)
    pkgconfig_consumer(accepted alpaca-broker-testing ${prefix} --static)
  endif()

elseif(step STREQUAL "add_subdirectory")
  consumer(accepted -D subdirectory=${source} -DBUILD_SHARED_LIBS=${shared} -DALPACA_BROKER_TESTING=ON)

elseif(step STREQUAL "symbols")
  foreach(name alpaca-broker alpaca-broker-testing)
    file(GLOB_RECURSE library ${prefix}/lib${name}.so)
    execute_process(COMMAND ${nm} -D --defined-only --format=just-symbols ${library}
      OUTPUT_VARIABLE exported COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX REPLACE "\n" ";" exported "${exported}")
    file(STRINGS ${source}/abi/${name}.txt agreed)
    foreach(difference "exported agreed" "agreed exported")
      separate_arguments(difference)
      list(GET difference 0 here)
      list(GET difference 1 there)
      set(only ${${here}})
      list(REMOVE_ITEM only ${${there}} "")
      if(only)
        message(SEND_ERROR "${name}, only in ${here} (exported, or agreed in abi/): ${only}. If that is intended: ./dev abi --accept")
      endif()
    endforeach()
  endforeach()

elseif(step MATCHES "^(sbom|installed_files|recipes)$")
  include(${CMAKE_CURRENT_LIST_DIR}/${step}.cmake)

elseif(step STREQUAL "hostile_macros")
  run(${compiler} -std=c++17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I ${source}/include
    ${source}/tests/package/hostile_use.cpp)

elseif(step STREQUAL "header_weight")
  # What client.hpp costs each file that includes it: preprocessed lines that are not blank.
  file(WRITE ${work}/headers/weight.cpp "#include <alpaca/broker/client.hpp>\n")
  execute_process(COMMAND ${compiler} -std=c++17 -E -P -I ${source}/include ${work}/headers/weight.cpp
    OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX REPLACE "[ \t]+" "" text "${text}")
  string(REGEX REPLACE "[^\n]+" "x" text "${text}")
  string(REPLACE "\n" "" text "${text}")
  string(LENGTH "${text}" weight)
  message(STATUS "client.hpp has ${weight} lines")
  if(weight GREATER 30000)
    message(FATAL_ERROR "client.hpp has ${weight} lines, which is more than 30,000")
  endif()

elseif(step MATCHES "^subproject_(.+)$")
  # Configures only, because these fail at that stage.
  file(REMOVE_RECURSE ${work}/${step})
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${source}/tests/package/subproject -B ${work}/${step} -G ${generator}
    -C ${work}/inherited.cmake -D case=${CMAKE_MATCH_1} -D repository=${source} -D work=${work}/${step}
    COMMAND_ECHO STDOUT OUTPUT_VARIABLE said ERROR_VARIABLE complained RESULT_VARIABLE failed)
  string(REGEX REPLACE "[ \n]+" " " complained "${complained}") # CMake wraps its messages
  message(STATUS "${said}${complained}")
  if(expected)
    if(NOT failed OR NOT complained MATCHES "${expected}")
      message(FATAL_ERROR "The output lacks: ${expected}")
    endif()
  elseif(failed)
    message(FATAL_ERROR "The project cannot be configured")
  endif()

elseif(step STREQUAL "header")
  # Compiles the header alone, as a user with strict warnings does.
  string(MAKE_C_IDENTIFIER ${header} name)
  set(file ${work}/headers/${name}.cpp)
  file(WRITE ${file} "#include <${header}>\n")
  foreach(standard 17 20)
    run(${compiler} -std=c++${standard} -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Weffc++ -Werror -fsyntax-only
      -I ${source}/include ${file})
  endforeach()
  if(clang)
    run(${clang} -std=c++17 -Weverything -Wno-c++98-compat -Wno-c++98-compat-pedantic -Wno-padded -Werror -fsyntax-only
      -I ${source}/include ${file})
  endif()
  # Also compiles it after headers with macros of the same names. The header must restore those macros.
  file(WRITE ${work}/headers/hostile_${name}.cpp
    "#include \"${source}/tests/package/hostile_macros.hpp\"\n#include <${header}>\n"
    "static_assert(BadRequest == 1);\nStatus status = Success;\n")
  run(${compiler} -std=c++20 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I ${source}/include
    ${work}/headers/hostile_${name}.cpp)
  execute_process(COMMAND ${compiler} -std=c++17 -M -I ${source}/include ${file}
    OUTPUT_VARIABLE included COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE ${source} "" included "${included}")
  string(REPLACE ${work} "" included "${included}")
  if(included MATCHES "[^ ]*(curl|nlohmann|httplib|openssl)[^ \n]*")
    message(FATAL_ERROR "${header} includes ${CMAKE_MATCH_0}")
  endif()

else()
  message(FATAL_ERROR "There is no step \"${step}\"")
endif()
