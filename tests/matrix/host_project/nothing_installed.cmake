set(prefix ${binary}/installed)
file(REMOVE_RECURSE ${prefix})
file(MAKE_DIRECTORY ${prefix})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${binary} --prefix ${prefix} --config "${configuration}"
  COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE files ${prefix}/*)
if(files)
  message(FATAL_ERROR "The library was installed together with the project: ${files}")
endif()
