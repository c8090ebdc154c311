# Fails unless the README has this file's text in a code block.
file(READ ${README} readme)
file(READ ${CODE} code)
string(FIND "${readme}" "```cpp\n${code}```" position)
if(position EQUAL -1)
  message(FATAL_ERROR "The README does not show ${CODE} as it is")
endif()
