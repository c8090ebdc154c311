# Handles a project that adds the library and also has a dependency that adds it. Sets BROKER_IS_THERE when the earlier
# one serves for both, and otherwise fails with advice.
set(BROKER_IS_THERE FALSE)
if(NOT TARGET alpaca::broker)
  return()
endif()

get_target_property(isInstalled alpaca::broker IMPORTED)
if(isInstalled)
  message(FATAL_ERROR "alpaca-broker is added to this project as source, in ${CMAKE_CURRENT_SOURCE_DIR}, after "
    "find_package had found an installed one. Use one of them: either remove the find_package, or guard what adds the "
    "source with if(NOT TARGET alpaca::broker).")
endif()

get_target_property(earlierVersion alpaca-broker VERSION)
get_target_property(earlier alpaca-broker SOURCE_DIR)
cmake_path(GET earlier PARENT_PATH earlier)
if(NOT earlierVersion VERSION_EQUAL BROKER_VERSION)
  message(FATAL_ERROR "alpaca-broker is added to this project twice: version ${earlierVersion} from ${earlier}, and "
    "version ${BROKER_VERSION} from ${CMAKE_CURRENT_SOURCE_DIR}. One program can use one version only.")
endif()
if(ALPACA_BROKER_TESTING AND NOT TARGET alpaca::broker_testing)
  message(FATAL_ERROR "alpaca-broker is added to this project twice, and only the second time with its testing library. "
    "Set ALPACA_BROKER_TESTING to ON before it is added for the first time, from ${earlier}.")
endif()
message(STATUS "alpaca-broker ${BROKER_VERSION} was already added by ${earlier}: using that one")
set(BROKER_IS_THERE TRUE)
