# Sets brokerSourceDate to the date of the sources, in seconds since 1970. Generated files contain this date instead of
# the build time, so that the same sources give the same files.
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  set(brokerSourceDate $ENV{SOURCE_DATE_EPOCH})
else()
  set(brokerSourceDate "")
  if(EXISTS ${PROJECT_SOURCE_DIR}/.git) # not a repository around this one
    find_program(BROKER_GIT git)
    mark_as_advanced(BROKER_GIT)
    if(BROKER_GIT)
      execute_process(COMMAND ${BROKER_GIT} -C ${PROJECT_SOURCE_DIR} log -1 --format=%ct
        OUTPUT_VARIABLE brokerSourceDate OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    endif()
  endif()
  if(NOT brokerSourceDate MATCHES "^[0-9]+$") # an archive keeps the times of its files
    file(TIMESTAMP ${PROJECT_SOURCE_DIR}/include/alpaca/broker/version.hpp brokerSourceDate %s UTC)
  endif()
endif()

# broker_source_date(RESULT FORMAT): formats that date as string(TIMESTAMP) does.
function(broker_source_date result format)
  set(before "$ENV{SOURCE_DATE_EPOCH}")
  set(ENV{SOURCE_DATE_EPOCH} ${brokerSourceDate})
  string(TIMESTAMP text "${format}" UTC)
  if(before STREQUAL "")
    unset(ENV{SOURCE_DATE_EPOCH})
  else()
    set(ENV{SOURCE_DATE_EPOCH} ${before})
  endif()
  set(${result} "${text}" PARENT_SCOPE)
endfunction()
